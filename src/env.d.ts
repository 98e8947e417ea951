declare namespace App {
  /** What a lesson's components know of the page they are on. */
  interface Locals {
    language: import('./i18n/index.ts').Language;
    /** The lesson's id. */
    lesson: string;
  }
}
