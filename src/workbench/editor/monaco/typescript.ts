import type { Uri } from 'monaco-editor/editor/editor.api.js';
import {
  getTypeScriptWorker,
  typescriptDefaults,
} from 'monaco-editor/languages/features/typescript/register.js';
import files from 'virtual:typings';
import type { Compiled, Sentences } from '../../compile/compiled.ts';

/** Types and compiler options for every program of the page; once. */
export function setUpTypeScript(language: 'en' | 'zh-tw'): void {
  typescriptDefaults.setCompilerOptions({
    target: 99,
    module: 99,
    // bundler: understands packages as the learner's own machine will.
    moduleResolution: 100 as never,
    // Each file is a module, or two devices would share their variables.
    moduleDetection: 3,
    allowNonTsExtensions: true,
    lib: ['lib.esnext.d.ts'],
    types: [],
    strict: true,
    useUnknownInCatchVariables: false,
    // For its errors; the worker reads it (`compile/worker.ts`).
    locale: language,
  });
  typescriptDefaults.setExtraLibs(
    Object.entries(files).map(([filePath, content]) => ({ filePath, content })),
  );
  // Inlay hints would make the text differ from what stood there before.
  const { modeConfiguration } = typescriptDefaults;
  typescriptDefaults.setModeConfiguration({
    ...modeConfiguration,
    inlayHints: false,
    documentSymbols: false,
  });
  typescriptDefaults.setEagerModelSync(true);
}

interface CompilingWorker {
  compile(file: string, text: string, sentences: Sentences): Promise<Compiled>;
}

/** The worker of `compile/worker.ts`, through Monaco. */
export async function compilingWorker(uri: Uri): Promise<CompilingWorker> {
  for (let attempt = 1; ; attempt++) {
    try {
      const forFiles = (await getTypeScriptWorker()) as (...uris: Uri[]) => Promise<unknown>;
      return (await forFiles(uri)) as CompilingWorker;
    } catch (error) {
      // "TypeScript not registered!" until Monaco has seen the first model's language.
      if (attempt === 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
