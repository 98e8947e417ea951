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
  // Inlay hints would make the text differ from the highlighted text before it.
  const { modeConfiguration } = typescriptDefaults;
  typescriptDefaults.setModeConfiguration({
    ...modeConfiguration,
    inlayHints: false,
    documentSymbols: false,
  });
  typescriptDefaults.setEagerModelSync(true);
}

const givenUp = new Set<() => void>();
let checksTypes = true;

/**
 * The check of the types takes too long: it is given up for this text. Monaco ends its worker when
 * an option changes, and makes another one; syntax is still checked in that one.
 */
export function giveUpTypes(): void {
  setTypes(false);
  for (const listener of givenUp) listener();
}
/** The text has changed: perhaps its types can be checked now. */
export function tryTypesAgain(): void {
  if (!checksTypes) setTypes(true);
}
export function onTypesGivenUp(listener: () => void): () => void {
  givenUp.add(listener);
  return () => void givenUp.delete(listener);
}
function setTypes(checked: boolean): void {
  checksTypes = checked;
  typescriptDefaults.setDiagnosticsOptions({
    noSemanticValidation: !checked,
    noSuggestionDiagnostics: !checked,
  });
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
