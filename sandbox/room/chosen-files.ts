/** Which files a room's broker has in a run, and which Mosquitto reads them. */
import { readBrokerFiles, type ConfiguredBroker } from '../mosquitto/files.ts';
import { hasFiles, type BrokerFiles, type Scene } from '../protocol/exercise.ts';
import type { NewEntry } from '../protocol/trace.ts';
import { usualMosquitto, type MosquittoVersion } from '../protocol/mosquitto.ts';

/** @param standard where neither the learner nor the exercise chooses */
export function chosenFiles(
  given: BrokerFiles | undefined,
  scene: Scene,
  standard: MosquittoVersion | undefined,
): { version: MosquittoVersion; configured: ConfiguredBroker | null } {
  const chosen = given ?? scene.files;
  const { mosquitto, modes, container, ...all } = chosen ?? {};
  const files = Object.fromEntries(
    Object.entries(all).filter(([name]) => !name.startsWith('cloud/')),
  );
  const version = mosquitto ?? scene.mosquitto ?? standard ?? usualMosquitto;
  if (container !== undefined) {
    const texts = Object.entries(files).map(([name, text]) => [name, moved(String(text))]);
    const configured = readBrokerFiles(
      Object.fromEntries(texts) as Record<string, string>,
      version,
    );
    const problems = configured.problems.map((each) => ({
      ...each,
      file: moved(each.file),
      text: moved(each.text),
    }));
    return { version, configured: { ...configured, problems, container } };
  }
  // Who only chooses a version has no files. No files and no choice: Mosquitto without a conf.
  const isChoice = mosquitto !== undefined && !hasFiles(files);
  const reads = chosen && !isChoice && !scene.docker;
  const whole = { ...scene.given?.broker, ...files };
  return { version, configured: reads ? readBrokerFiles(whole, version, modes) : null };
}

/** A folder of the machine, and the one that has its place in the image eclipse-mosquitto. */
const places: Record<string, string> = {
  'etc/mosquitto': 'mosquitto/config',
  'mosquitto/config': 'etc/mosquitto',
  'var/lib/mosquitto': 'mosquitto/data',
  'mosquitto/data': 'var/lib/mosquitto',
  'var/log/mosquitto': 'mosquitto/log',
  'mosquitto/log': 'var/log/mosquitto',
};
/**
 * A text of the container as if its folders were the machine's, or the other way round. The two change
 * places: what the container names by the machine's path is not there.
 */
const moved = (text: string): string =>
  text.replace(
    /(?<![\w/])\/((?:var\/(?:lib|log)|etc)\/mosquitto|mosquitto\/(?:config|data|log))(?![\w-])/g,
    (_, path: string) => `/${places[path]}`,
  );

/** What a broker logs names the folders as it knows them. */
export const asLogged = (entry: NewEntry, configured: ConfiguredBroker | null): NewEntry =>
  configured?.container !== undefined && entry.type === 'log'
    ? { ...entry, text: moved(entry.text) }
    : entry;
