/** Modules of monaco-editor that have no types of their own; only what is used here. */
declare module 'monaco-editor/internal/common/initialize.js' {
  export function initialize(
    create: (context: unknown, settings: { compilerOptions: { locale?: string } }) => unknown,
  ): void;
}
declare module 'monaco-editor/languages/features/typescript/tsWorker.js' {
  export class TypeScriptWorker {
    constructor(context: unknown, settings: unknown);
    getSyntacticDiagnostics(file: string): Promise<unknown[]>;
    getSemanticDiagnostics(file: string): Promise<unknown[]>;
    getSuggestionDiagnostics(file: string): Promise<unknown[]>;
  }
}
declare module 'monaco-editor/languages/features/typescript/lib/typescriptServices.js' {
  export const typescript: unknown;
}
