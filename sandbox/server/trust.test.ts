/**
 * Some rows of `npm run test:trust`, with what can be counted on a busy machine: the process lives,
 * everybody who behaves is served, and memory stays within its bound.
 */
import { describe, expect, test } from 'vitest';
import { attacks } from '../../bench/trust/attacks/index.ts';
import { runRow } from '../../bench/trust/row.ts';
import { countedFaults } from '../../bench/trust/verdict.ts';

/**
 * Its five programs want a machine to themselves: beside a build they wait a minute for their turns.
 * `RETAINED_TRUST=1 npx vitest run sandbox/server/trust.test.ts`.
 */
const isAsked = process.platform === 'linux' && process.env['RETAINED_TRUST'] === '1';

/** One of each transport. */
const short = ['tcp-qos2', 'tls-handshakes', 'ws-control-unread', 'watch-device', 'http-cheapest'];

describe.runIf(isAsked)('nobody else is harmed by', () => {
  test.for(attacks.filter(({ name }) => short.includes(name)))(
    '$name: $what',
    { timeout: 120_000 },
    async (attack, { signal }) => {
      const row = await runRow(attack, { seconds: 1, brief: true, signal });
      expect(countedFaults(row)).toEqual([]);
      expect(row.others['page']!.count).toBeGreaterThan(0);
      expect(row.others['watch']!.count).toBeGreaterThan(0);
    },
  );
});

test('each row has a name of its own, and the short ones exist', () => {
  const names = attacks.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toEqual(expect.arrayContaining(short));
});
