/**
 * The cases of Eclipse Paho's interoperability suites (`client_test.py` for 3.1.1, `client_test5.py`
 * for 5.0) against any broker, in our own words:
 *   npx node bench/conformance/paho.ts [--port 1883 [--host localhost] | --mosquitto 2.1.2]
 *     [--about 3|5] [--one-by-one]
 * With `--mosquitto` that program plays (`npm test` unpacks it). Without it and without `--port` the suite starts an open room that refuses the filters that the suites want refused.
 * Another broker must take clients without a user name. Exits 0 however it goes: it
 * measures. `--one-by-one` for brokers that should not be asked everything at once.
 */
import { parseArgs } from 'node:util';
import { both } from './paho/both.ts';
import { five } from './paho/five.ts';
import type { Cases } from './paho/kit.ts';
import { targetOf, targetOptions } from './target.ts';

const { values } = parseArgs({
  options: {
    ...targetOptions,
    about: { type: 'string' },
    'one-by-one': { type: 'boolean', default: false },
  },
});
/** The suites want these refused. */
const target = await targetOf(values, ['nosubscribe', 'test/nosubscribe']);

async function run(version: 4 | 5, cases: Cases): Promise<void> {
  const outcomes = new Map<string, string>();
  const runCase = async ([name, run]: [string, Cases[string]]): Promise<void> => {
    const why = await run({ ...target, version }).then(
      () => '',
      (error: Error) => error.message.split('\n')[0]!,
    );
    outcomes.set(name, why);
  };
  if (values['one-by-one']) for (const one of Object.entries(cases)) await runCase(one);
  else await Promise.all(Object.entries(cases).map(runCase));
  const passed = [...outcomes.values()].filter((why) => why === '').length;
  for (const name of Object.keys(cases)) {
    const why = outcomes.get(name)!;
    console.log(`${why === '' ? 'passed' : 'failed'}  test_${name}  ${why}`.trimEnd());
  }
  console.log(`MQTT ${version === 5 ? '5.0' : '3.1.1'}: ${passed} of ${outcomes.size}\n`);
}

if (values.about !== '5') await run(4, both);
if (values.about !== '3') await run(5, { ...both, ...five });
await target.end();
process.exit(0);
