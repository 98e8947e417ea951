/**
 * `npm run test:trust`: whether a client can hold up the others. Each row attacks a fresh server with
 * its default limits from separate processes, while a canary in another room, at another network
 * address, acts as a learner. Exits with 1 if a row is over a bound (`trust/verdict.ts`).
 *
 * `-- --only tcp-ping,watch` runs the rows whose names begin so; `--seconds 6` is how long each is
 * attacked; `--json` prints what was measured; `--list` names the rows.
 */
import { parseArgs } from 'node:util';
import { attacks } from './trust/attacks/index.ts';
import { learnerAttacks } from './trust/attacks/learner.ts';
import { runRow, type RowResult } from './trust/row.ts';
import { cells, countedFaults, head, mayBeMachine, slowFaults } from './trust/verdict.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    seconds: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
    list: { type: 'boolean', default: false },
  },
});
/** Attempts in total if the control reports that the machine was busy. */
const tries = 3;
const wanted = values.only?.split(',');
const chosen = attacks.filter(({ name }) => wanted?.some((one) => name.startsWith(one)) ?? true);
if (chosen.length === 0) {
  console.error(`There is no row ${values.only}. --list names them.`);
  process.exit(1);
}
const seconds = Number(values.seconds);
const table = (row: readonly string[]): void => {
  if (!values.json) console.log(`| ${row.join(' | ')} |`);
};

// Each network address is one of 127.0.0.0/8, and memory is read from /proc.
if (process.platform !== 'linux') {
  console.error('npm run test:trust needs Linux.');
  process.exit(1);
}
if (values.list) {
  for (const { name, transport, what } of attacks)
    console.log(`${name.padEnd(24)}${transport}: ${what}`);
  process.exit();
}

table(head);
table(head.map(() => '---'));
const results: RowResult[] = [];
for (const attack of chosen) {
  const inClass = learnerAttacks.includes(attack);
  let result = await runRow(attack, { seconds, inClass });
  for (let n = 1; n < tries && slowFaults(result).length > 0 && mayBeMachine(result); n++)
    result = await runRow(attack, { seconds, inClass });
  results.push(result);
  table(cells(result));
}
const bad = results.filter((row) => [...countedFaults(row), ...slowFaults(row)].length > 0);
if (values.json) console.log(JSON.stringify(results, null, 2));
else
  console.log(`\n${results.length - bad.length} of ${results.length} rows are within the bounds.`);
process.exit(bad.length > 0 ? 1 : 0);
