/** A learner's TypeScript → the JavaScript that runs, as the editor compiles it. */
import ts from 'typescript';

export const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.webworker.d.ts'],
  strict: true,
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};

/** @throws Error with the first syntax error */
export function compile(name: string, source: string): string {
  const { outputText, diagnostics = [] } = ts.transpileModule(source, {
    fileName: name,
    compilerOptions: { ...compilerOptions, noEmit: false },
    reportDiagnostics: true,
  });
  const [first] = diagnostics;
  if (first) throw new Error(`${name}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`);
  return outputText;
}
