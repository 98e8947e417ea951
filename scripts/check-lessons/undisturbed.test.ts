import { expect, test } from 'vitest';
import { Findings, type Report } from './report.ts';
import { STALL_MS, undisturbed } from './undisturbed.ts';

/** A run that fails as often as `stalls` has entries; during each the thread stands still for so long. */
async function runWith(stalls: readonly number[], passesAfter: number) {
  const findings = new Findings();
  let runs = 0;
  const attempt = async (report: Report) => report.expect(runs++ >= passesAfter, 'lamp', 'is dark');
  await undisturbed(findings, attempt, () => () => stalls[runs - 1] ?? 0);
  return { runs, ...findings.tally };
}

test('a run that fails has failed, if the thread kept its time', async () => {
  expect(await runWith([STALL_MS], 1)).toMatchObject({ runs: 1, failed: 1, retries: [] });
});

test('a run that fails while the thread stood still is done again, and named', async () => {
  const { runs, passed, failed, retries } = await runWith([2 * STALL_MS, 0], 1);
  expect({ runs, passed, failed }).toEqual({ runs: 2, passed: 1, failed: 0 });
  expect(retries).toEqual(['lamp: is dark (while the rooms’ thread stood still for 300 ms)']);
  // A fault that the machine had hidden.
  expect(await runWith([2 * STALL_MS, 0], 2)).toMatchObject({ runs: 2, failed: 1, retries: [] });
});

test('not without end', async () => {
  const always = Array<number>(9).fill(2 * STALL_MS);
  expect(await runWith(always, 9)).toMatchObject({ runs: 4, failed: 1 });
});

test('a thread that stands still is seen', async () => {
  const findings = new Findings();
  let runs = 0;
  await undisturbed(findings, async (report) => {
    runs += 1;
    await new Promise((resolve) => setTimeout(resolve, 50));
    const end = performance.now() + 2 * STALL_MS;
    while (runs === 1 && performance.now() < end);
    await new Promise((resolve) => setTimeout(resolve, 50));
    report.expect(runs === 2, 'lamp', 'is dark');
  });
  expect(findings.tally).toMatchObject({ passed: 1, failed: 0 });
  expect(findings.retries).toHaveLength(1);
});
