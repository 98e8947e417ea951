import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cases } from './clients/cases.ts';
import { compareClients, openBench } from './clients/compare.ts';
import { clientDifferences } from './clients/differences.ts';

const version = spawnSync('mosquitto_sub', ['--version'], { encoding: 'utf8' }).stdout ?? '';
const missing = version.includes('version 2.0.11') ? undefined : 'mosquitto_sub 2.0.11 is not installed (apt install mosquitto-clients)'; // prettier-ignore
if (missing !== undefined) console.warn(`Not compared with Mosquitto's clients: ${missing}`);

describe.skipIf(missing !== undefined)('the same command lines in the terminal and in sh', () => {
  // Most of a case is waiting (`-W 1` waits for a second): several run at once, each in its own room.
  it.concurrent.each(cases.map((each) => [each.line, each] as const))('%s', async (line, each) => {
    const known = clientDifferences.flatMap(({ seen }) => seen[line] ?? []);
    const bench = await openBench();
    try {
      expect(await compareClients(bench, each)).toEqual(known);
    } finally {
      await bench.close();
    }
  });
});

describe('the list of differences', () => {
  it('comes from at least sixty command lines, each once', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ line }) => line)).size).toBe(cases.length);
  });

  it('names only lines that there are', () => {
    const lines = new Set(cases.map(({ line }) => line));
    const named = clientDifferences.flatMap(({ seen }) => Object.keys(seen));
    expect(named.filter((line) => !lines.has(line))).toEqual([]);
  });

  it('is the list of the document', () => {
    const document = readFileSync(
      new URL('../../../docs/mosquitto-differences.md', import.meta.url),
      'utf8',
    );
    const headings = [...document.matchAll(/^#### (\S+)$/gm)].map(([, id]) => id);
    expect(headings).toEqual(clientDifferences.map(({ id }) => id));
  });
});
