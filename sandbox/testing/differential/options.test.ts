/** Every option there is, with values that fit and that do not, given to Mosquitto and to us. */
import { describe, expect, it } from 'vitest';
import { readBrokerFiles } from '../../mosquitto/files.ts';
import { options } from '../../mosquitto/conf/options.ts';
import { statements } from '../../mosquitto/conf/statements.ts';
import { optionDifferences } from './differences.ts';
import { mosquittoVersions, type MosquittoVersion } from '../../protocol/mosquitto.ts';
import { startMosquitto, whyNoReference } from './mosquitto.ts';

const names = [
  ...new Set([...options.keys(), ...statements.keys()]),
  ...['include_dir', 'auth_opt_xyz', 'nonsense'],
];
const values = ['', ' true', ' -1'];
/** Mosquitto's machine, and bridges on their way: not of the files. */
const notOfTheFiles =
  /listen socket on port|should not be run as root|^OpenSSL Error|^Connecting bridge|^Error creating bridge|check bridge_ca/;
const bridge = 'connection c\naddress 127.0.0.1:1\ntopic x\n';

/** Two at a time: the machine has two cores. */
async function inTurn<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all([worker(), worker()]);
}

async function wordsOf(
  version: MosquittoVersion,
  conf: string,
): Promise<{ theirs: string[]; ours: string[] }> {
  const files = { 'mosquitto.conf': conf };
  const reference = await startMosquitto(version, files);
  await reference.stop();
  const subject = readBrokerFiles(files, version);
  const kept = (line: string) => !notOfTheFiles.test(line);
  return {
    theirs: [...reference.log.filter(kept), reference.started ? 'runs' : 'stopped'],
    ours: [...subject.log.map(({ text }) => text), subject.started ? 'runs' : 'stopped'].filter(
      kept,
    ),
  };
}

describe.each(mosquittoVersions)('each option of mosquitto.conf of %s', (version) => {
  const missing = whyNoReference(version) !== undefined;
  it.skipIf(missing)(
    'is taken, refused and remarked on in the same words',
    { timeout: 240_000 },
    async () => {
      // `user` would change whom the reference runs as; a default listener would take port 1883.
      const confs = names
        .filter((name) => name !== 'user' && optionDifferences[name] === undefined)
        .flatMap((name) =>
          values.flatMap((value) => [
            `${name}${value}\nlistener 1884\n`,
            `listener 1884\n${name}${value}\n`,
            ...(options.get(name)?.in === 'bridge' || name === 'topic' || name === 'start_type'
              ? [`listener 1884\n${bridge}${name}${value}\n`]
              : []),
          ]),
        )
        .filter(
          (conf) =>
            conf.startsWith('port') ||
            !readBrokerFiles({ 'mosquitto.conf': conf }, version).listeners.some(
              ({ port }) => port === 1883,
            ),
        );
      const different: object[] = [];
      await inTurn(confs, async (conf) => {
        const { theirs, ours } = await wordsOf(version, conf);
        if (theirs.join('\n') !== ours.join('\n')) different.push({ conf, theirs, ours });
      });
      expect(different).toEqual([]);
      expect(confs.length).toBeGreaterThan(300);
    },
  );

  it.skipIf(missing).each(Object.keys(optionDifferences))(
    '%s differs, as is listed',
    async (name) => {
      const { theirs, ours } = await wordsOf(version, `${name} 5\nlistener 1884\n`);
      expect(theirs).not.toEqual(ours);
    },
  );
});
