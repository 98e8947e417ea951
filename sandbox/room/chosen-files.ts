/** Which files a room's broker has in a run, and which Mosquitto reads them. */
import { readBrokerFiles, type ConfiguredBroker } from '../mosquitto/files.ts';
import {
  brokerFileNames,
  hasFiles,
  type BrokerFiles,
  type OneBrokersFiles,
  type Scene,
} from '../protocol/exercise.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';

/** @param standard where neither the learner nor the exercise chooses */
export function chosenFiles(
  given: BrokerFiles | undefined,
  scene: Scene,
  standard: MosquittoVersion | undefined,
): { version: MosquittoVersion; configured: ConfiguredBroker | null } {
  const chosen = given ?? scene.files;
  const { mosquitto } = chosen ?? {};
  const files: OneBrokersFiles = {};
  for (const name of brokerFileNames) if (chosen?.[name] !== undefined) files[name] = chosen[name];
  const version = mosquitto ?? scene.mosquitto ?? standard ?? usualMosquitto;
  // Who only chooses a version has no files. No files and no choice: Mosquitto without a conf.
  const isChoice = mosquitto !== undefined && !hasFiles(files);
  return { version, configured: chosen && !isChoice ? readBrokerFiles(files, version) : null };
}
