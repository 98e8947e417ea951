/** The table of `docs/hints.md`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isCommon } from '../../sandbox/checks/common.ts';
import type { ExerciseFiles } from '../check-lessons/lesson.ts';
import type { Trial } from './trials.ts';

const columns = [
  ['exercise', 'Exercise'],
  ['checks', 'Checks'],
  ['hints', 'Own hints'],
  ['mistakes', 'Kept mistakes'],
  ['right', 'Right ways tried'],
  ['passed', 'pass'],
  ['wrong', 'Wrong ways tried'],
  ['failed', 'fail'],
  ['named', 'hint names it'],
  ['honest', 'hint says what was seen'],
] as const;
type Column = (typeof columns)[number][0];
export type Row = { exercise: string } & Record<Exclude<Column, 'exercise'>, number>;

/** What the files say: all but how the programs fared. */
export function rowOf({ id, exercise, mistakes }: ExerciseFiles, trials: readonly Trial[]): Row {
  const all = exercise.checks.flatMap((check) => (check.hints ?? []).map((hint) => hint.id));
  const hints = all.filter((hint) => !isCommon(hint));
  const right = trials.filter(({ isRight }) => isRight).length;
  return {
    ...{ exercise: id, checks: exercise.checks.length, hints: new Set(hints).size },
    ...{ mistakes: mistakes.size, right, wrong: trials.length - right },
    ...{ passed: 0, failed: 0, named: 0, honest: 0 },
  };
}

export function readTable(path: string): Row[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line) => {
    const cells = line.split('|').map((cell) => cell.trim());
    const [, exercise = ''] = cells;
    if (!/^[\w-]+\/[\w-]+$/.test(exercise)) return [];
    const numbers = columns.slice(1).map(([id], at) => [id, Number(cells[at + 2])]);
    return [{ exercise, ...Object.fromEntries(numbers) } as Row];
  });
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '–' : `${Math.floor((100 * part) / whole)} %`;

export function writeTable(path: string, rows: readonly Row[]): void {
  const sum = (column: Exclude<Column, 'exercise'>) =>
    rows.reduce((all, row) => all + row[column], 0);
  const cells = [
    columns.map(([, title]) => title),
    ...rows.map((row) => columns.map(([id]) => String(row[id]))),
    ['all', ...columns.slice(1).map(([id]) => String(sum(id as 'checks')))],
  ];
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  const lineOf = (row: readonly string[]) =>
    `| ${row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join(' | ')} |`;
  const rule = `| ${widths.map((width, at) => (at === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`;
  const [head, ...body] = cells.map(lineOf);
  const table = [head, rule, ...body].join('\n');
  const named = share(sum('named'), sum('wrong'));
  const heard = share(sum('named') + sum('honest'), sum('wrong'));
  writeFileSync(
    path,
    `# What hints name

Each exercise has a file \`trials.txt\`: programs as other people write them, right ones in styles that were
not in mind when the checks were written, and wrong ones. \`npm run hints\` plays all of them and writes
this table; \`npm run hints -- <slug>\` writes the rows of one lesson. The trials of an exercise that has no
row have not been played to their end since they changed. \`scripts/hints/table.test.ts\` compares what can
be counted without playing them.

A hint is a true one if it names what is wrong, or if it says that it can't tell, and what was seen
instead. That one always speaks: \`sandbox/checks/common.ts\` gives it when a run is over and no other hint
fits, and \`npm run check:lessons\` fails if a run ends without a hint
(\`scripts/check-lessons/rules/last-hints.ts\`).

${table}

Right ways that pass: ${share(sum('passed'), sum('right'))}. Wrong ways that fail: ${share(sum('failed'), sum('wrong'))}.
Wrong ways whose hint names it: ${named}; with those that say what was seen: ${heard}.
`,
  );
}
