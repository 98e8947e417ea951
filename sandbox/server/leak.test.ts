/** A server that made and ended 10,000 rooms is as large as before. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { LeakReport } from '../testing/room-leak.ts';

const script = fileURLToPath(new URL('../testing/room-leak.ts', import.meta.url));

/** Ten bytes a room: the smallest object that stayed would be more. */
const noise = 100_000;
/** What V8 compiles on the way is megabytes, in each version of Node at another time. */
const interpreted = ['--no-flush-bytecode', '--no-opt', '--no-maglev', '--no-sparkplug'];

test('10,000 rooms come and go and leave nothing', { timeout: 180_000 }, async () => {
  const args = ['--expose-gc', ...interpreted, script, '10000'];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  const report = JSON.parse(stdout) as LeakReport;
  expect(report.rooms).toBe(10_000);
  expect(report.after - report.before).toBeLessThan(noise);
  const { Timeout: timersBefore = 0 } = report.resourcesBefore;
  const { Timeout: timersAfter = 0 } = report.resourcesAfter;
  expect(timersAfter).toBeLessThanOrEqual(timersBefore);
});
