import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from '../../i18n/en/site.json' with { type: 'json' };
import { panelKeys } from '../ui/panel-keys.ts';
import { commandFor, keys } from './key-bindings.ts';

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, isComposing: false };

test.each([
  [{ key: 'Enter', ctrlKey: true }, 'run'],
  [{ key: 'Enter', metaKey: true }, 'run'],
  [{ key: 'Enter', ctrlKey: true, shiftKey: true }, 'stop'],
  [{ key: 'Enter', altKey: true }, 'run-one'],
  [{ key: 'PageDown', altKey: true }, 'next-device'],
  [{ key: 'F6', shiftKey: true }, 'previous-area'],
  [{ key: 'Enter' }, undefined],
  [{ key: 'Enter', shiftKey: true }, undefined],
  // Chinese is being composed: Enter ends the word.
  [{ key: 'Enter', ctrlKey: true, isComposing: true }, undefined],
])('%j: %s', (pressed, command) => {
  expect(commandFor({ ...none, ...pressed })).toBe(command);
});

test('every key has a description', () => {
  const texts = [...keys, ...panelKeys].map(
    ({ command }) => (en as Record<string, string>)[`keys.${command}`],
  );
  expect(texts.every((text) => text !== undefined && text.length > 0)).toBe(true);
});

/** What every list, tab, menu and dialog of the web does with them; and copying and pasting. */
const known = new Set([
  ...['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End', 'PageUp', 'PageDown'],
  ...['Enter', ' ', 'Tab', 'Escape', 'c', 'v'],
]);
const folder = join(import.meta.dirname, '..');
/** A key that is compared, the names of a table that a key chooses from, and cases of a key. */
const forms = [
  /\bkey(?:\.toLowerCase\(\))? ?[!=]== ?'([^']+)'/g,
  /'([^']+)' ?[!=]== ?(?:\w+\.)?key\b/g,
];
const table = /\{([^{}]*)\}(?: as const\))?\[(?:\w+\.)?key\]/g;
const choice = /switch \((?:event\.)?key\) \{([\s\S]*?)\n {2}\}/g;

function heard(source: string): string[] {
  const compared = forms.flatMap((form) => [...source.matchAll(form)].map(([, key]) => key!));
  const named = [...source.matchAll(table)].flatMap(([, names]) =>
    [...names!.matchAll(/(?:'([^']+)'|(\w+)):/g)].map(([, quoted, plain]) => quoted ?? plain!),
  );
  const cases = [...source.matchAll(choice)].flatMap(([, all]) =>
    [...all!.matchAll(/case '([^']+)'/g)].map(([, key]) => key!),
  );
  return [...compared, ...named, ...cases];
}

test('a key that is heard in another way than every list hears it stands in the list of keys', () => {
  const isKeyed = /Keyboard|[kK]ey\b.*=>|rowForKey|key: string/;
  const unlisted: string[] = [];
  let found = 0;
  for (const path of globSync('**/*.ts', { cwd: folder })) {
    const source = readFileSync(join(folder, path), 'utf8');
    if (/\.test\.ts$|^terminal\//.test(path) || !isKeyed.test(source)) continue;
    const keysOf = heard(source).filter(
      (key) => key.length === 1 || /^[A-Z][A-Za-z]+\d*$/.test(key),
    );
    found += keysOf.length;
    unlisted.push(...keysOf.filter((key) => !known.has(key)).map((key) => `${path}: ${key}`));
  }
  expect(unlisted).toEqual([]);
  expect(found).toBeGreaterThan(30);
  // The form of the time line's keys before they were listed: it would have been found.
  expect(heard("const by = { ',': -1, '.': 1 }[event.key];")).toEqual([',', '.']);
  expect(heard("if (key === '+' || key === '-') zoom();")).toEqual(['+', '-']);
});
