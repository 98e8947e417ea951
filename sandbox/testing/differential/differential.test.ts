import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isIn } from '../../mosquitto/conf/option.ts';
import { options } from '../../mosquitto/conf/options.ts';
import { mosquittoVersions } from '../../protocol/mosquitto.ts';
import { cases, type Case } from './cases.ts';
import { makeCertificates } from './certificates.ts';
import { compare, differences as lineDifferences } from './compare.ts';
import { knownDifferences, optionDifferences, seenIn } from './differences.ts';
import { whyNoOwners, whyNoReference } from './mosquitto.ts';

const document = readFileSync(
  new URL('../../../docs/mosquitto-differences.md', import.meta.url),
  'utf8',
);

describe.each(mosquittoVersions)('the same files in Mosquitto %s and in the sandbox', (version) => {
  const missing = whyNoReference(version);
  if (missing !== undefined) console.warn(`Not compared with Mosquitto ${version}: ${missing}`);
  const tls = missing === undefined ? makeCertificates() : undefined;
  const all = cases.filter(({ since, until }) => isIn(version, since, until));

  const noOwners = whyNoOwners();
  if (missing === undefined && noOwners !== undefined)
    console.warn(`Owners of files not compared with Mosquitto ${version}: ${noOwners}`);
  const isTried = ({ modes }: Case) => modes === undefined || noOwners === undefined;

  it
    .skipIf(missing !== undefined)
    .each(all.filter(isTried).map((each) => [each.name, each] as const))(
    '%s',
    // Some wait for a broker that saves by the clock.
    { timeout: 180_000 },
    async (name, each) => {
      if (!tls) throw new Error('no certificates');
      const known = knownDifferences.flatMap((one) => seenIn(one, version)[name] ?? []);
      expect(await compare(version, each, tls)).toEqual(known);
    },
  );
});

describe('the list of differences', () => {
  it('has at least forty configurations to come from, each with a name of its own', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40);
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
  });

  it('names only cases that there are', () => {
    const names = new Set(cases.map(({ name }) => name));
    const named = knownDifferences.flatMap((one) =>
      mosquittoVersions.flatMap((version) => Object.keys(seenIn(one, version))),
    );
    expect(named.filter((name) => !names.has(name))).toEqual([]);
  });

  it('is the list of the document, in its order', () => {
    const headings = [...document.matchAll(/^### (\S+)$/gm)].map(([, id]) => id);
    const starts = [...new Set(Object.values(optionDifferences))];
    expect(headings).toEqual([...knownDifferences.map(({ id }) => id), ...starts]);
  });

  it('has every option that changes nothing in the document', () => {
    const quiet = [...options]
      .filter(([, { ignored, in: scope }]) => ignored !== undefined && scope !== 'bridge')
      .map(([name]) => name);
    const unnamed = quiet.filter((name) => !document.includes(`\`${name}\``));
    expect(unnamed).toEqual(['auth_plugin_deny_special_chars']);
  });

  it('comes from cases in which each option that does something does it', () => {
    const lived = cases.filter(({ steps }) => steps).flatMap(({ files }) => Object.values(files));
    const given = (name: string) =>
      lived.some((text) => new RegExp(`^ *${name}\\b`, 'm').test(text!));
    const untried = [...options]
      .filter(([name, { ignored, in: scope }]) => !ignored && scope !== 'bridge' && !given(name))
      .map(([name]) => name);
    // It can't be seen: how the broker's own packets are cut.
    expect(untried).toEqual(['set_tcp_nodelay']);
    for (const name of ['log_type', 'log_dest']) expect(given(name), name).toBe(true);
  });

  it('is found line by line', () => {
    expect(lineDifferences(['a', 'b', 'c'], ['a', 'x', 'c', 'd'])).toEqual(['- b', '+ x', '+ d']);
    expect(lineDifferences(['a'], ['a'])).toEqual([]);
    expect(lineDifferences([], ['a'])).toEqual(['+ a']);
  });
});
