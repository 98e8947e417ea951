/** A room that ends leaves nothing behind, and one where nothing happens costs little. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const script = fileURLToPath(new URL('../../testing/broker-leak.ts', import.meta.url));
async function measure(mode: 'lives' | 'idle', count: number): Promise<number> {
  // The process must end by itself, too: a timer or a socket left behind would keep it.
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--expose-gc', script, mode, String(count)],
    { timeout: 100_000 },
  );
  return JSON.parse(stdout) as number;
}

test('10,000 brokers with clients, made and closed, leave less than 50 bytes each', async () => {
  expect(await measure('lives', 10_000)).toBeLessThan(10_000 * 50);
}, 120_000);

test('an idle broker costs at most 8 KB of heap', async () => {
  expect(await measure('idle', 1000)).toBeLessThan(8192);
}, 60_000);
