/** Starters and right programs have no type errors under the editor's compiler options. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import type { ExerciseFiles } from '../lesson.ts';
import type { Rule } from '../rule.ts';

/** The editor's, with what a device's worker has as its world. */
const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.esnext.d.ts', 'lib.webworker.d.ts'],
  strict: true,
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};
/** The module `device`, as the editor knows it. */
const device = fileURLToPath(
  new URL('../../../src/workbench/editor/monaco/typings/device.d.ts', import.meta.url),
);
const lessons = fileURLToPath(new URL('../../../lessons', import.meta.url));

export const types: Rule = ({ exercises }, report) => {
  const files = exercises.flatMap(filesOf);
  if (files.length === 0) return;
  const program = ts.createProgram([...files, device], compilerOptions);
  for (const path of files) {
    const source = program.getSourceFile(path)!;
    const [first] = ts.getPreEmitDiagnostics(program, source);
    if (!first) {
      report.passed();
      continue;
    }
    const { line } = source.getLineAndCharacterOfPosition(first.start ?? 0);
    const text = ts.flattenDiagnosticMessageText(first.messageText, ' ');
    report.failed(`${path.slice(lessons.length + 1)}:${line + 1}`, text);
  }
};

const filesOf = ({ id, starter, solution, alsoRight }: ExerciseFiles): string[] =>
  [
    ['starter', starter] as const,
    ['solution', solution] as const,
    ...[...alsoRight].map(([name, set]) => [`also-right/${name}`, set] as const),
  ].flatMap(([folder, set]) =>
    [...set.keys()]
      .filter((name) => name.endsWith('.ts'))
      .map((name) => join(lessons, id, folder, name)),
  );
