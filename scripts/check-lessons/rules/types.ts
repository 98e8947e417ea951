/** Starters, right programs and shapes have no type errors under the editor's compiler options. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { setsOf, type ExerciseFiles } from '../lesson.ts';
import type { LessonRule } from '../lesson-rule.ts';

/** The editor's options, with the globals of a device's worker. */
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

/** Libraries and typings are read once for all lessons. */
const shared = new Map<string, ts.SourceFile | undefined>();

/** Programs come as they were read, at the place where they lie: `mqtt` is found from there. */
function hostOf(programs: ReadonlyMap<string, string>): ts.CompilerHost {
  const host = ts.createCompilerHost(compilerOptions);
  const { getSourceFile, fileExists, readFile } = host;
  host.fileExists = (path) => programs.has(path) || fileExists(path);
  host.readFile = (path) => programs.get(path) ?? readFile(path);
  host.getSourceFile = (path, options, ...rest) => {
    const text = programs.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, options);
    if (!shared.has(path)) shared.set(path, getSourceFile(path, options, ...rest));
    return shared.get(path);
  };
  return host;
}

export const types: LessonRule = ({ exercises }, report) => {
  const programs = new Map(exercises.flatMap(programsOf));
  if (programs.size === 0) return;
  const program = ts.createProgram([...programs.keys(), device], compilerOptions, hostOf(programs));
  for (const path of programs.keys()) {
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

/** Of the sets that must be right: path and text. */
const programsOf = (files: ExerciseFiles): [path: string, text: string][] => [
  ...(files.shape === undefined
    ? []
    : [[join(lessons, files.id, 'shape.ts'), files.shape] as [string, string]]),
  ...[...setsOf(files)]
    .filter(([folder]) => !folder.startsWith('mistakes/'))
    .flatMap(([folder, set]) =>
      [...set]
        .filter(([name]) => name.endsWith('.ts'))
        .map(([name, text]): [string, string] => [join(lessons, files.id, folder, name), text]),
    ),
];
