/// <reference types="astro/client" />

/** For tools that read TypeScript only; Astro's own check knows each component's props. */
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}

declare namespace App {
  /** The page's values for a lesson's components. */
  interface Locals {
    language: import('./i18n/index.ts').Language;
    /** The lesson's id. */
    lesson: string;
    /** Own id of each heading → the id that all languages share. */
    headings: Readonly<Record<string, string>>;
    /** `<lesson>/<exercise>`, on a page that shows this exercise alone. */
    embedded?: string;
    /** In a package for a learning platform: the course around the lesson is not there. */
    packaged?: true;
  }
}
