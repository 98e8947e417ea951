import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ruleIds, ruleOf } from '../sandbox/mqtt/rules/index.ts';
import { exists, isPlain, mentions, type Version } from './statements.ts';

const versions: Version[] = ['3.1.1', '5.0'];
const root = new URL('..', import.meta.url);
const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\0')
  .filter(
    (file) => /\.(?:ts|mdx|astro|md|json)$/.test(file) && !file.startsWith('scripts/statements'),
  );
const read = (file: string): string => {
  try {
    return readFileSync(new URL(file, root), 'utf8');
  } catch {
    return ''; // Deleted, and git doesn't know it yet.
  }
};
const all = files.flatMap((file) => mentions(read(file)).map((one) => ({ file, ...one })));

describe('the statements that this repository names', () => {
  test('are many', () => {
    expect(all.length).toBeGreaterThan(200);
  });

  test('exist in the version that is named, or in one of the two', () => {
    const wrong = all.filter(({ id, version }) =>
      version ? !exists(version, id) : !versions.some((each) => exists(each, id)),
    );
    expect(wrong).toEqual([]);
  });

  test('have their version beside them in the sandbox where the two mean different things', () => {
    const unclear = all
      .filter(({ file }) => file.startsWith('sandbox/'))
      // Its table has one column a version.
      .filter(
        ({ file }) => !/^sandbox\/(?:mqtt\/rules\/|testing\/|line\/gate|.*\.test\.ts$)/.test(file),
      )
      .filter(({ id, version }) => version === null && !isPlain(id));
    expect(unclear).toEqual([]);
  });

  test('of the rules exist in the version of their column', () => {
    const wrong = ruleIds.flatMap((rule) =>
      ruleOf(rule).statements.flatMap((statement, column) =>
        statement.startsWith('section ') || exists(versions[column]!, statement)
          ? []
          : [{ rule, version: versions[column], statement }],
      ),
    );
    expect(wrong).toEqual([]);
  });

  test('of a lesson exist in the specification that they are said to be of, and in that section', () => {
    const sources = files
      .filter((file) => file.endsWith('.mdx'))
      .flatMap((file) => [
        ...read(file).matchAll(/<Source of="mqtt-(.+?)" section="(.+?)" statement="(.+?)"/g),
      ])
      .map(([, version, section, statement]) => ({ version, section, statement }));
    expect(sources.length).toBeGreaterThan(0);
    expect(
      sources.filter(({ version, statement }) => !exists(version as Version, statement!)),
    ).toEqual([]);
  });
});

describe('finding them', () => {
  test.each<[string, [string, Version | null][]]>([
    ['// [MQTT-3.3.1-1]', [['MQTT-3.3.1-1', null]]],
    [
      '3.1.1 [MQTT-3.1.2-24], 5.0 [MQTT-3.1.2-22]',
      [
        ['MQTT-3.1.2-24', '3.1.1'],
        ['MQTT-3.1.2-22', '5.0'],
      ],
    ],
    [
      '5.0 [MQTT-3.3.1-12], [MQTT-3.3.1-13]: and [MQTT-3.3.1-1]',
      [
        ['MQTT-3.3.1-12', '5.0'],
        ['MQTT-3.3.1-13', '5.0'],
        ['MQTT-3.3.1-1', null],
      ],
    ],
    [
      '(3.1.1 [MQTT-4.6.0-6],\n * 5.0 [MQTT-4.6.0-5])',
      [
        ['MQTT-4.6.0-6', '3.1.1'],
        ['MQTT-4.6.0-5', '5.0'],
      ],
    ],
  ])('%s', (text, found) => {
    expect(mentions(text)).toEqual(found.map(([id, version]) => ({ id, version })));
  });

  test('what is not there', () => {
    expect(exists('5.0', 'MQTT-2.2.1-1')).toBe(false);
    expect(exists('3.1.1', 'MQTT-3.3.4-9')).toBe(false);
    expect(exists('5.0', 'MQTT-4.8.0-1')).toBe(false);
    expect(isPlain('MQTT-3.1.2-22')).toBe(false);
    expect(isPlain('MQTT-3.1.0-1')).toBe(true);
  });
});
