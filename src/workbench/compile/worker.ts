/**
 * The TypeScript worker: Monaco's own, with `compile` added; and the same for pages without Monaco,
 * which ask with a `CompileRequest`. Bundled into `worker.js` with the es* libraries only.
 */
import { initialize } from 'monaco-editor/internal/common/initialize.js';
import { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker.js';
import { typescript as ts } from 'monaco-editor/languages/features/typescript/lib/typescriptServices.js';
import type TypeScript from 'typescript';
import type { Compiled, Sentences } from './compiled.ts';
import type { CompileAnswer, CompileRequest } from './compile-messages.ts';
import { transpile } from './transpile.ts';

const compiler = ts as unknown as typeof TypeScript;

class CompilingWorker extends TypeScriptWorker {
  compile(file: string, text: string, sentences: Sentences): Promise<Compiled> {
    return Promise.resolve(transpile(compiler, file, text, sentences));
  }
}

self.onmessage = (event: MessageEvent<CompileRequest | string>) => {
  const request = event.data;
  if (typeof request !== 'object' || request.type !== 'retained:compile') {
    // Monaco's first message is of no meaning; its second one is the worker's settings.
    initialize((context: unknown, settings: unknown) => new CompilingWorker(context, settings));
    return;
  }
  const { id, file, text, sentences } = request;
  self.postMessage({
    id,
    compiled: transpile(compiler, file, text, sentences),
  } satisfies CompileAnswer);
};
