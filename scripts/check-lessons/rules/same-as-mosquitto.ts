/**
 * The solution does with Debian's mosquitto what it does in a room; if the two differ, the lesson
 * names the difference (`<Differs exercise>`).
 */
import type { Exercise } from '../../../sandbox/protocol/exercise.ts';
import { mosquittoVersions, type MosquittoVersion } from '../../../sandbox/protocol/mosquitto.ts';
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
import { mosquittoNamed } from '../versions.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { runExercise } from '../run-exercise.ts';

/** Whether the same script means something to both brokers. */
export function bothApply({ exercise, starter, solution }: ExerciseFiles): boolean {
  const { faults = [] } = exercise.scene;
  // Faults, certificates and the broker's process are the room's own; outside programs bring a room's
  // address; Apply restarts a room. Two brokers are compared in sandbox/testing/differential/bridges.
  const names = [...solution.keys()];
  const typed = solution.get('terminal.sh') ?? '';
  return (
    faults.length === 0 &&
    !solution.has(armedFaultsFile) &&
    !/^\s*certfile\s/m.test(solution.get('mosquitto.conf') ?? '') &&
    !names.some(isOutside) &&
    !starter.has('cloud/mosquitto.conf') &&
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
/** Why there is no Mosquitto to compare with. */
function noReference(version: MosquittoVersion): string | undefined {
  if (!reasons.has(version)) reasons.set(version, whyNoReference(version));
  return reasons.get(version);
}

/** An exercise that is about one version is compared with that alone. */
const versionsFor = ({ scene }: Exercise, everyVersion: boolean): readonly MosquittoVersion[] =>
  scene.mosquitto ? [scene.mosquitto] : everyVersion ? mosquittoVersions : [ownVersion];

/** @param everyVersion with each Mosquitto that a room can be, not with the machine's own alone */
export const sameAsMosquitto =
  (pool: Pool, everyVersion = false): LessonRule =>
  async (lesson, report) => {
    const pairs = lesson.exercises
      .filter(bothApply)
      .flatMap((files) =>
        versionsFor(files.exercise, everyVersion).map((version) => ({ files, version })),
      );
    const runs = pairs.map(async ({ files, version }) => {
      const why = noReference(version);
      if (why !== undefined) return report.skipped(files.id, `not compared: ${why}`);
      await pool.run(() =>
        undisturbed(report, async (own) => {
          const differ = await compare(version === ownVersion ? files : asOf(files, version));
          own.count('comparisons with Mosquitto');
          own.ranWith(mosquittoNamed(version));
          const silent = differ.length > 0 ? silentAbout(lesson, files.id.split('/')[1]!) : [];
          own.expect(
            silent.length === 0,
            `${files.id}/solution (Mosquitto ${version})`,
            `differs, and <Differs exercise> doesn't say so in ${silent.join(', ')}: ${differ.join('; ')}`,
          );
        }),
      );
    });
    await Promise.all(runs);
  };

/** The room, its terminal and the reference are of that version. */
const asOf = (files: ExerciseFiles, mosquitto: MosquittoVersion): ExerciseFiles => ({
  ...files,
  exercise: { ...files.exercise, scene: { ...files.exercise.scene, mosquitto } },
});

async function compare(files: ExerciseFiles): Promise<string[]> {
  const options = { linger: true };
  const ours = await runExercise(memory, files, files.solution, options);
  const theirs = await runExercise(mosquitto, files, files.solution, options);
  return deliveryDifferences(normalise(theirs.entries), normalise(ours.entries));
}
