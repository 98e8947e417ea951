import { expect, test } from 'vitest';
import en from '../../i18n/en/site.json' with { type: 'json' };
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
  const texts = keys.map(({ command }) => (en as Record<string, string>)[`keys.${command}`]);
  expect(texts.every((text) => text !== undefined && text.length > 0)).toBe(true);
});
