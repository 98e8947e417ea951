/** A server that made and ended 10,000 rooms is as large as before. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { LeakReport } from '../testing/room-leak.ts';

const script = fileURLToPath(new URL('../testing/room-leak.ts', import.meta.url));

/** A hundred bytes a room: one small object that stayed would be more. */
const noise = 1_000_000;

test('10,000 rooms come and go and leave nothing', { timeout: 180_000 }, async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', script, '10000']);
  const report = JSON.parse(stdout) as LeakReport;
  expect(report.rooms).toBe(10_000);
  expect(report.after - report.before).toBeLessThan(noise);
  const { Timeout: timersBefore = 0 } = report.resourcesBefore;
  const { Timeout: timersAfter = 0 } = report.resourcesAfter;
  expect(timersAfter).toBeLessThanOrEqual(timersBefore);
});
