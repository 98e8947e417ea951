/**
 * Mosquitto's own packet sequences against any broker:
 *   npx node bench/conformance/mosquitto-sequences.ts [--port 1883 [--host localhost] | --mosquitto 2.1.2]
 *     [--source <mosquitto's source>] [--about 3|5] [--failed]
 * Without --source it is fetched by apt-get into .retained/cache. Without
 * a port or a Mosquitto it is an open room; any other broker must take clients without a user name. `--failed` names only what failed. Exits 0 however it goes:
 * it measures.
 */
import { parseArgs } from 'node:util';
import { runSequence, type SequenceOutcome } from './run-sequence.ts';
import { fetchSource, readSequences, type Sequence } from './sequence-source.ts';
import { targetOf, targetOptions } from './target.ts';

const { values } = parseArgs({
  options: {
    ...targetOptions,
    source: { type: 'string' },
    about: { type: 'string' },
    failed: { type: 'boolean', default: false },
  },
});
const target = await targetOf(values);
const sequences = readSequences(values.source ?? fetchSource('.retained/cache')).filter(
  ({ about }) => values.about === undefined || about.startsWith(values.about),
);

const rows: { sequence: Sequence; outcome: SequenceOutcome }[] = [];
for (const sequence of sequences) {
  // One after the other: some leave retained messages that the next ones count on.
  const outcome = await runSequence(sequence, target);
  rows.push({ sequence, outcome });
  if (values.failed && outcome.result !== 'failed') continue;
  const { result, why = '' } = outcome;
  console.log(`${result.padEnd(10)} ${sequence.file.padEnd(16)} ${sequence.name}  ${why}`);
}

/** One line of the table: the results of a file or a version. */
function tally(of: typeof rows): Record<string, number> {
  const count = (result: SequenceOutcome['result']): number =>
    of.filter(({ outcome }) => outcome.result === result).length;
  return {
    sequences: of.length,
    exact: count('exact'),
    'said more': count('said-more'),
    'other code': count('other-code'),
    failed: count('failed'),
  };
}
const table = (key: (sequence: Sequence) => string): void => {
  const groups = Map.groupBy(rows, ({ sequence }) => key(sequence));
  console.table(Object.fromEntries([...groups].map(([name, of]) => [name, tally(of)])));
};
table(({ file, about }) => `${about === '5.0' ? '5.0' : '3.x'} ${file}`);
table(({ about }) => about);
// Mosquitto's runner opens these with a 3.1.1 CONNECT or none at all, whatever they are about.
table(({ version }) => (version === 5 ? 'ver 5' : 'ver 3 and 4'));
await target.end();
process.exit(0);
