/** What every engine does on the wire: one suite over all of them. */
import { afterEach, describe, expect, test } from 'vitest';
import { delivery } from '../testing/engine-cases/delivery.ts';
import type { EngineSuite } from '../testing/engine-cases/engine-suite.ts';
import { flow } from '../testing/engine-cases/flow.ts';
import { mqtt5 } from '../testing/engine-cases/mqtt5.ts';
import { mqttjs } from '../testing/engine-cases/mqttjs.ts';
import { pahoScenarios5 } from '../testing/engine-cases/paho-scenarios-5.ts';
import { pahoScenarios } from '../testing/engine-cases/paho-scenarios.ts';
import { qos2 } from '../testing/engine-cases/qos2.ts';
import { sessions } from '../testing/engine-cases/sessions.ts';
import { sharedGroup } from '../testing/engine-cases/shared-group.ts';
import { versions } from '../testing/engine-cases/versions.ts';
import { wills } from '../testing/engine-cases/wills.ts';
import { engines } from '../testing/engines.ts';
import type { Broker } from './broker.ts';

const parts = [
  ...[versions, delivery, qos2, wills, sessions, mqtt5, flow, sharedGroup],
  ...[pahoScenarios, pahoScenarios5, mqttjs],
];
const open: Broker[] = [];
afterEach(async () => {
  for (const broker of open.splice(0)) await broker.close();
});

describe.each(engines)('$name', ({ name, factory, missing, differs }) => {
  if (missing !== undefined) console.warn(`Not tried as an engine: ${missing}`);
  const titles: string[] = [];
  const suite: EngineSuite = {
    async start(options = {}) {
      const broker = await factory(options);
      open.push(broker);
      if (!broker.publish) throw new Error(`${name} can't publish`);
      return broker as Awaited<ReturnType<EngineSuite['start']>>;
    },
    test(title, body) {
      titles.push(title);
      // A difference is often a packet that never comes.
      if (missing !== undefined) test.skip(title);
      else if (title in differs) test.fails(title, { timeout: 1000 }, body);
      else test(title, body);
    },
  };
  for (const part of parts) part(suite);

  test('has cases with titles of their own, and differences in some of them only', () => {
    expect(new Set(titles).size).toBe(titles.length);
    expect(titles.length).toBeGreaterThan(70);
    expect(Object.keys(differs).filter((title) => !titles.includes(title))).toEqual([]);
  });
});
