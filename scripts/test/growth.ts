/** What one more lesson adds to the end-to-end tests. */

/** The file whose tests go over the exercises of all lessons. */
const PER_EXERCISE = 'every-exercise.spec.ts';

interface Suite {
  title: string;
  suites?: Suite[];
  specs?: { tests?: { results?: { duration?: number }[] }[] }[];
}
export interface DurationReport {
  config?: { workers?: number };
  suites?: Suite[];
}

/** @returns seconds a lesson, of a run with as many workers; undefined if no such test ran */
export function secondsALesson(
  { config, suites = [] }: DurationReport,
  lessons: number,
): number | undefined {
  const suite = suites.find(({ title }) => title === PER_EXERCISE);
  if (!suite || lessons === 0) return undefined;
  return millisecondsOf(suite) / 1000 / (config?.workers ?? 1) / lessons;
}

function millisecondsOf({ specs = [], suites = [] }: Suite): number {
  const own = specs.flatMap(({ tests = [] }) =>
    tests.flatMap(({ results = [] }) => results.map(({ duration = 0 }) => duration)),
  );
  return [...own, ...suites.map(millisecondsOf)].reduce((sum, each) => sum + each, 0);
}
