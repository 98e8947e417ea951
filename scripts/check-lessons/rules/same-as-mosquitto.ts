/**
 * The solution does with Debian's mosquitto what it does in a room; if the two differ, the lesson
 * names the difference (`<Differs exercise>`).
 */
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import type { MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';
import { whyNoReference } from '../../../sandbox/testing/differential/mosquitto.ts';
import { ownVersion } from '../../../sandbox/testing/differential/other-mosquittos.ts';
import { normalise } from '../captures/normalise.ts';
import { deliveryDifferences } from '../differential/deliveries.ts';
import { armedFaultsFile } from '../armed-faults.ts';
import { languages, type ExerciseFiles, type LessonFiles } from '../lesson.ts';
import { isOutside } from '../runners/run-outside-program.ts';
import type { Pool } from '../pool.ts';
import { memory } from '../rooms/memory.ts';
import { mosquitto } from '../rooms/mosquitto.ts';
import { undisturbed } from '../undisturbed.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { runExercise } from '../run-exercise.ts';

/** Whether the same script means something to both brokers. */
export function bothApply({ exercise, solution }: ExerciseFiles): boolean {
  const { faults = [] } = exercise.scene;
  // Faults, certificates and the broker's process are the room's own; outside programs bring a room's
  // address; Apply restarts a room.
  const names = [...solution.keys()];
  const typed = solution.get('terminal.sh') ?? '';
  return (
    faults.length === 0 &&
    !solution.has(armedFaultsFile) &&
    !/^\s*certfile\s/m.test(solution.get('mosquitto.conf') ?? '') &&
    !names.some(isOutside) &&
    !/^#\s*apply|^\s*(?:sudo\s+)?(?:systemctl|service|kill|pkill)\s/m.test(typed)
  );
}

/** The languages in which the lesson lacks `<Differs>`. */
export const silentAbout = ({ pages }: LessonFiles, exercise: string): string[] =>
  languages.filter((language) =>
    pages[language]?.elements.every(
      ({ name, attributes }) => name !== 'Differs' || attributes['exercise'] !== exercise,
    ),
  );

const reasons = new Map<MosquittoVersion, string | undefined>();
/** Why there is no Mosquitto to compare with: the exercise's, or the machine's own. */
function noReference({ scene: { mosquitto: version = ownVersion } }: Exercise): string | undefined {
  if (!reasons.has(version)) reasons.set(version, whyNoReference(version));
  return reasons.get(version);
}

export const sameAsMosquitto =
  (pool: Pool): LessonRule =>
  async (lesson, report) => {
    const runs = lesson.exercises.filter(bothApply).map(async (files) => {
      const why = noReference(files.exercise);
      if (why !== undefined) return report.skipped(files.id, `not compared: ${why}`);
      await pool.run(() =>
        undisturbed(report, async (own) => {
          const differ = await compare(files);
          own.count('comparisons with Mosquitto');
          const silent = differ.length > 0 ? silentAbout(lesson, files.id.split('/')[1]!) : [];
          own.expect(
            silent.length === 0,
            `${files.id}/solution (Mosquitto)`,
            `differs, and <Differs exercise> doesn't say so in ${silent.join(', ')}: ${differ.join('; ')}`,
          );
        }),
      );
    });
    await Promise.all(runs);
  };

async function compare(files: ExerciseFiles): Promise<string[]> {
  const options = { linger: true };
  const ours = await runExercise(memory, files, files.solution, options);
  const theirs = await runExercise(mosquitto, files, files.solution, options);
  return deliveryDifferences(normalise(theirs.entries), normalise(ours.entries));
}
