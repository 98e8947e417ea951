/// <reference types="astro/client" />
/* eslint-disable @typescript-eslint/consistent-type-imports --
   an import statement would make this file a module, and its declarations no longer global */

/** For tools that read TypeScript only; Astro's own check knows each component's props. */
declare module '*.astro' {
  const component: import('astro/runtime/server/index.js').AstroComponentFactory;
  export default component;
}

declare namespace App {
  /** What a lesson's components know of the page they are on. */
  interface Locals {
    language: import('./i18n/index.ts').Language;
    /** The lesson's id. */
    lesson: string;
    /** Own id of each heading → the id that all languages share. */
    headings: Readonly<Record<string, string>>;
  }
}
