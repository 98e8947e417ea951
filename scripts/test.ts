/** `npm test`: sets up what is missing, runs everything, hides nothing. */
import { root } from './build.ts';
import { run, steps } from './test/steps.ts';
import { setUpSystem } from './test/system.ts';
import { lastLine, sum, type Tally } from './test/tally.ts';

const began = Date.now();
const { browser, missing } = await setUpSystem();
const env = {
  ...process.env,
  ASTRO_TELEMETRY_DISABLED: '1',
  ...(browser && { RETAINED_BROWSER: browser }),
};
/** `npm test -- unit lessons` runs those steps only. */
const only = process.argv.slice(2);
for (const name of only) {
  if (steps.some((step) => step.name === name)) continue;
  console.error(`No step "${name}". Steps: ${steps.map((step) => `"${step.name}"`).join(', ')}.`);
  process.exit(2);
}

const results = new Map<string, Tally>();
const skips: string[] = [...missing.values()];
for (const step of steps) {
  if (only.length > 0 && !only.includes(step.name)) {
    skips.push(`${step.name}: not asked for`);
    continue;
  }
  if (step.browser && !browser) {
    skips.push(`${step.name}: no browser`);
    results.set(step.name, { passed: 0, failed: 0, skipped: 1 });
    continue;
  }
  if (step.after && results.get(step.after)?.failed) {
    skips.push(`${step.name}: ${step.after} failed`);
    results.set(step.name, { passed: 0, failed: 0, skipped: 1 });
    continue;
  }
  console.log(`\n── ${step.name} ${'─'.repeat(Math.max(0, 72 - step.name.length))}`);
  const tally = await run(step, root, env);
  const failures = tally.failures?.map((failure) => `${step.name}: ${failure}`);
  results.set(step.name, { ...tally, ...(failures && { failures }) });
  console.log(`${step.name}: ${lastLine(tally)}`);
}

const total = sum(results.values());
const summary = [...results].map(([name, tally]) =>
  tally.failed ? `${name} FAILED` : tally.passed ? name : `${name} (skipped)`,
);
if (total.failures.length > 0) console.log('\nFailed:');
for (const failure of total.failures) console.log(`  ✗ ${failure}`);
console.log(
  `\nRun in ${Math.round((Date.now() - began) / 1000)} s: ${summary.join(', ')}. ` +
    `Skipped: ${skips.length > 0 ? skips.join('; ') : 'nothing'}.`,
);
console.log(lastLine(total));
process.exitCode = total.failed > 0 ? 1 : 0;
