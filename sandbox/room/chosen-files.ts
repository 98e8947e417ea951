/** Which files a room's broker has in a run, and which Mosquitto reads them. */
import { readBrokerFiles, type ConfiguredBroker } from '../mosquitto/files.ts';
import { hasFiles, type BrokerFiles, type Scene } from '../protocol/exercise.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';

/** @param standard where neither the learner nor the exercise chooses */
export function chosenFiles(
  given: BrokerFiles | undefined,
  scene: Scene,
  standard: MosquittoVersion | undefined,
): { version: MosquittoVersion; configured: ConfiguredBroker | null } {
  const chosen = given ?? scene.files;
  const { mosquitto, modes, ...all } = chosen ?? {};
  const files = Object.fromEntries(
    Object.entries(all).filter(([name]) => !name.startsWith('cloud/')),
  );
  const version = mosquitto ?? scene.mosquitto ?? standard ?? usualMosquitto;
  // Who only chooses a version has no files. No files and no choice: Mosquitto without a conf.
  const isChoice = mosquitto !== undefined && !hasFiles(files);
  return {
    version,
    configured: chosen && !isChoice ? readBrokerFiles(files, version, modes) : null,
  };
}
