import type TypeScript from 'typescript';
import { MAX_PROGRAM } from './compiled.ts';
import type { Compiled, CompileProblem, Sentences } from './compiled.ts';
import { MODULES } from './imports.ts';
import { realign } from './realign.ts';
import { decodeMappings } from './source-map.ts';

type Ts = typeof TypeScript;

/** As `transpileFile`; a program that is nested too deeply for the compiler's stack is a problem, too. */
export function transpile(ts: Ts, file: string, text: string, sentences: Sentences): Compiled {
  try {
    return transpileFile(ts, file, text, sentences);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { problems: [{ file, line: 1, column: 1, message: sentences.tooDeep }] };
  }
}

/**
 * One file of TypeScript → one module that a device can run, or the problems that stop it: syntax
 * errors and imports of unknown modules. Type errors do not stop a run: the editor underlines them.
 * `ts` is a parameter, because the worker that has it passes it.
 */
function transpileFile(ts: Ts, file: string, text: string, sentences: Sentences): Compiled {
  if (text.length > MAX_PROGRAM) {
    const message = sentences.tooLong.replace('{limit}', () => MAX_PROGRAM.toLocaleString('en'));
    return { problems: [{ file, line: 1, column: 1, message }] };
  }
  const output = ts.transpileModule(text, {
    fileName: file,
    reportDiagnostics: true,
    compilerOptions: {
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      sourceMap: true,
      isolatedModules: true,
    },
  });
  const problems = (output.diagnostics ?? []).map((diagnostic): CompileProblem => ({
    ...placeOf(text, diagnostic.start ?? 0),
    file,
    message: ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n'),
  }));
  for (const { fileName, pos } of importsOf(ts, output.outputText)) {
    if (MODULES.has(fileName)) continue;
    // Imports of types are removed by now; the remaining imports are in the source too.
    const inSource = importsOf(ts, text).find((found) => found.fileName === fileName);
    const message = sentences.unknownImport.replace('{module}', () => fileName.slice(0, 100));
    problems.push({ ...placeOf(text, inSource?.pos ?? pos), file, message });
  }
  if (problems.length > 0)
    return { problems: problems.sort((a, b) => a.line - b.line || a.column - b.column) };

  const map = decodeMappings(
    (JSON.parse(output.sourceMapText ?? '{"mappings":""}') as { mappings: string }).mappings,
  );
  const code = output.outputText.replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n');
  const aligned = realign(mapImports(ts, code), map, linesInTemplates(ts, code));
  return aligned;
}

function importsOf(ts: Ts, text: string): { fileName: string; pos: number }[] {
  return ts
    .preProcessFile(text, true, true)
    .importedFiles.filter(({ fileName, pos }) => !isPartOfExpression(text, pos, fileName));
}

/** `import('data:' + x)`: no module is named; the policy of the worker judges it when it runs. */
function isPartOfExpression(text: string, pos: number, fileName: string): boolean {
  const start = quoteAt(text, pos);
  if (!text.slice(0, start).trimEnd().endsWith('(')) return false;
  const end = start + fileName.length + 2;
  return !/^\s*[),]/.test(text.slice(end, end + 1_000));
}

/** `pos` is at the quote or just after it, depending on the release. */
function quoteAt(text: string, pos: number): number {
  return /['"`]/.test(text[pos] ?? '') ? pos : pos - 1;
}

function mapImports(ts: Ts, code: string): string {
  const found = importsOf(ts, code).sort((a, b) => b.pos - a.pos);
  return found.reduce((text, { fileName, pos }) => {
    const url = MODULES.get(fileName) ?? fileName;
    const start = quoteAt(text, pos) + 1;
    return text.slice(0, start) + url + text.slice(start + fileName.length);
  }, code);
}

/** 0-based numbers of the lines that begin inside a template literal: a line break there is text. */
function linesInTemplates(ts: Ts, code: string): Set<number> {
  const locked = new Set<number>();
  const source = ts.createSourceFile('program.js', code, ts.ScriptTarget.ESNext, false);
  const visit = (node: TypeScript.Node): void => {
    if (ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node)) {
      const first = source.getLineAndCharacterOfPosition(node.getStart(source)).line;
      const last = source.getLineAndCharacterOfPosition(node.end).line;
      for (let line = first + 1; line <= last; line++) locked.add(line);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return locked;
}

function placeOf(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
