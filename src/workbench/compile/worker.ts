/**
 * The TypeScript worker: Monaco's own, with `compile` added; and the same for pages without Monaco,
 * which send a `CompileRequest`. Bundled into `worker.js` with the es* libraries only.
 */
import { initialize } from 'monaco-editor/internal/common/initialize.js';
import { TypeScriptWorker } from 'monaco-editor/languages/features/typescript/tsWorker.js';
import { typescript as ts } from 'monaco-editor/languages/features/typescript/lib/typescriptServices.js';
import type TypeScript from 'typescript';
import type { Compiled, Sentences } from './compiled.ts';
import type { CompileAnswer, CompileRequest, WatchPortRequest } from './compile-messages.ts';
import { localize } from './diagnostics-language.ts';
import { transpile } from './transpile.ts';

const compiler = ts as unknown as typeof TypeScript;

/** Once for each worker: a page has one language. */
let localized: Promise<void> | undefined;

class CompilingWorker extends TypeScriptWorker {
  constructor(context: unknown, settings: { compilerOptions: { locale?: string } }) {
    super(context, settings);
    localized ??= localize(compiler, settings.compilerOptions.locale);
  }
  async compile(file: string, text: string, sentences: Sentences): Promise<Compiled> {
    await localized;
    return transpile(compiler, file, text, sentences);
  }
  override async getSyntacticDiagnostics(file: string): Promise<unknown[]> {
    await localized;
    return super.getSyntacticDiagnostics(file);
  }
  override async getSemanticDiagnostics(file: string): Promise<unknown[]> {
    await localized;
    return super.getSemanticDiagnostics(file);
  }
  override async getSuggestionDiagnostics(file: string): Promise<unknown[]> {
    await localized;
    return super.getSuggestionDiagnostics(file);
  }
}

self.onmessage = (event: MessageEvent<CompileRequest | WatchPortRequest | string>) => {
  const request = event.data;
  if (typeof request === 'object' && request.type === 'retained:watch') {
    const [port] = event.ports;
    if (port) port.onmessage = () => port.postMessage(null);
    return;
  }
  if (typeof request === 'object' && request.type === 'retained:compile')
    return void answer(request);
  // Monaco's first message is ignored; its second one is the worker's settings.
  initialize((context, settings) => new CompilingWorker(context, settings));
};

async function answer({ id, file, text, sentences, language }: CompileRequest): Promise<void> {
  localized ??= localize(compiler, language);
  await localized;
  self.postMessage({ id } satisfies CompileAnswer);
  const compiled = transpile(compiler, file, text, sentences);
  self.postMessage({ id, compiled } satisfies CompileAnswer);
}
