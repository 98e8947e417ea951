/**
 * On a real room: the starter fails, the solution and every other right program pass, and each
 * mistake fails and gets exactly the hint that its folder names.
 */
import { fails, getsHint, passes, type Expectation } from '../expectations.ts';
import { hintOfFolder, type ExerciseFiles, type Programs } from '../lesson.ts';
import type { Report } from '../report.ts';
import type { RoomSource } from '../rooms/room-under-test.ts';
import type { Rule } from '../rule.ts';
import { runExercise, type Outcome } from '../run-exercise.ts';

export const programs =
  (sources: readonly RoomSource[]): Rule =>
  async ({ exercises }, report) => {
    for (const files of exercises) {
      for (const source of sources) {
        for (const [folder, set, expectation] of sets(files)) {
          await expectOf(source, files, folder, set, expectation, report);
        }
      }
    }
  };

function* sets(files: ExerciseFiles): Iterable<[string, Programs, Expectation]> {
  yield ['starter', files.starter, fails];
  yield ['solution', files.solution, passes];
  for (const [name, set] of files.alsoRight) yield [`also-right/${name}`, set, passes];
  for (const [name, set] of files.mistakes) {
    yield [`mistakes/${name}`, set, getsHint(hintOfFolder(name))];
  }
}

async function expectOf(
  source: RoomSource,
  files: ExerciseFiles,
  folder: string,
  set: Programs,
  expectation: Expectation,
  report: Report,
): Promise<void> {
  const where = `${files.id}/${folder} (${source.name})`;
  let outcome: Outcome;
  try {
    outcome = await runExercise(source, files, set);
  } catch (error) {
    return report.failed(where, (error as Error).message);
  }
  const wrong = expectation(outcome.results);
  report.expect(wrong === undefined, where, `${wrong}. It said: ${outcome.said.join(' | ')}`);
}
