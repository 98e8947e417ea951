import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cases } from './clients/cases.ts';
import { compareClients, openBench } from './clients/compare.ts';
import { isIn } from '../../mosquitto/conf/option.ts';
import { mosquittoVersions } from '../../protocol/mosquitto.ts';
import { clientDifferences, clientsSeenIn } from './clients/differences.ts';
import { whyNoReference } from './mosquitto.ts';

describe.each(mosquittoVersions)(
  'the same command lines in the terminal and in sh, %s',
  (version) => {
    const missing = whyNoReference(version);
    if (missing !== undefined) console.warn(`Not compared with Mosquitto's clients: ${missing}`);
    const all = cases.filter(({ since, until }) => isIn(version, since, until));
    // Most of a case is waiting (`-W 1` waits for a second): several run at once, each in its own room.
    it.skipIf(missing !== undefined).concurrent.each(all.map((each) => [each.line, each] as const))(
      '%s',
      async (line, each) => {
        const known = clientDifferences.flatMap((one) => clientsSeenIn(one, version)[line] ?? []);
        const bench = await openBench();
        try {
          expect(await compareClients(version, bench, each)).toEqual(known);
        } finally {
          await bench.close();
        }
      },
      // Five programs at once, on cores that others use: a second takes many.
      60_000,
    );
  },
);

describe('the list of differences', () => {
  it('comes from at least sixty command lines, each once', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ line }) => line)).size).toBe(cases.length);
  });

  it('names only lines that there are', () => {
    const lines = new Set(cases.map(({ line }) => line));
    const named = clientDifferences.flatMap((one) =>
      mosquittoVersions.flatMap((version) => Object.keys(clientsSeenIn(one, version))),
    );
    expect(named.filter((line) => !lines.has(line))).toEqual([]);
  });

  it('is the list of the document', () => {
    const document = readFileSync(
      new URL('../../../docs/mosquitto-differences.md', import.meta.url),
      'utf8',
    );
    const part = document.slice(document.indexOf("\n## The terminal's clients\n"));
    const headings = [...part.matchAll(/^#### (\S+)$/gm)].map(([, id]) => id);
    expect(headings).toEqual(clientDifferences.map(({ id }) => id));
  });
});
