import { expect, it } from 'vitest';
import en from '../../src/i18n/en/hints.json' with { type: 'json' };
import type { View } from '../protocol/exercise.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import { commonHintIds } from './common.ts';
import { errorHintIds, stopped } from './errors.ts';

const viewOf = (error?: string): View => ({
  entries: [
    { type: 'device', n: 1, at: 1, device: 'lamp', state: 'running' },
    { type: 'device', n: 2, at: 2, device: 'lamp', state: 'failed', ...(error && { error }) },
  ] satisfies TraceEntry[],
  state: { clients: [], retained: [] },
});
/** The first hint that applies, as `evaluate` asks them. */
const hintOf = (error?: string) => {
  for (const { id, when } of stopped('phone', 'lamp')) {
    const values = when(viewOf(error));
    if (values) return [id, values];
  }
  return undefined;
};

it.each([
  // V8, WebKit and Gecko.
  ['ReferenceError: reading is not defined', 'error-name', 'reading'],
  ["ReferenceError: Can't find variable: reading", 'error-name', 'reading'],
  ['TypeError: client.publishasync is not a function', 'error-function', 'client.publishasync'],
  [
    "TypeError: client.publishasync is not a function. (In 'client.publishasync()', …)",
    'error-function',
    'client.publishasync',
  ],
  ["TypeError: Cannot read properties of undefined (reading 'log')", 'error-undefined', 'log'],
  [
    "TypeError: undefined is not an object (evaluating 'client.log')",
    'error-undefined',
    'client.log',
  ],
  ['TypeError: Assignment to constant variable.', 'error-constant', undefined],
  ['TypeError: Attempted to assign to readonly property.', 'error-constant', undefined],
  ["TypeError: invalid assignment to const 'n'", 'error-constant', undefined],
  ['SyntaxError: "[object Object]" is not valid JSON', 'error-json', undefined],
  ['SyntaxError: JSON.parse: unexpected character at line 1', 'error-json', undefined],
  ['SyntaxError: JSON Parse error: Unexpected identifier "object"', 'error-json', undefined],
  // MQTT.js and what it is made of.
  ['TypeError: The "string" argument must be of type string …', 'error-payload', undefined],
  ['Error: Invalid topic garden#', 'error-filter', 'garden#'],
  ['Error: Missing protocol', 'error-address', undefined],
  ['Error: client disconnecting', 'error-ended', undefined],
  ['ErrorWithSubackPacket: Connection closed', 'error-closed', undefined],
  ['Error: Missing clientId for unclean clients', 'error-client-id', undefined],
])('%s', (error, id, what) => {
  expect(hintOf(error)).toEqual([id, { device: 'lamp', ...(what && { what }) }]);
});

it('says any other error as it is, or that there was one', () => {
  expect(hintOf('Error: not yet')).toEqual([
    'program-failed',
    { device: 'lamp', error: 'Error: not yet' },
  ]);
  expect(hintOf()).toEqual(['program-failed', { device: 'lamp', error: '–' }]);
});

it('every exercise knows these hints, and has a sentence for each', () => {
  const ids: readonly string[] = commonHintIds;
  for (const id of errorHintIds) {
    expect(ids).toContain(id);
    expect(en).toHaveProperty([`hint.${id}`]);
  }
});
