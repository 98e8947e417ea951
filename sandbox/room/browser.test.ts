/**
 * A room with its engine lives in a browser: bundled, without Node's modules and globals. The same
 * script runs in Chromium in `e2e/room-in-browser.spec.ts`.
 */
import vm from 'node:vm';
import { Linter } from 'eslint';
import { beforeAll, expect, test } from 'vitest';
import { bundle } from '../testing/browser/bundle.ts';
import type { CheckResult } from '../protocol/exercise.ts';

/** All that the room may find in a worker; what it has no use for there it asks for with `typeof`. */
const browser = [
  'AbortController', 'AbortSignal', 'DOMException', 'Event', 'EventTarget', 'MessageChannel', 'TextDecoder',
  'TextEncoder', 'URL', 'URLSearchParams', 'atob', 'btoa', 'clearInterval', 'clearTimeout',
  'console', 'crypto', 'performance', 'queueMicrotask', 'setInterval', 'setTimeout',
]; // prettier-ignore
/** Asked for by MQTT.js, to find out where it is. */
const asked = ['document', 'location', 'navigator', 'self', 'window'];

let code: string;
beforeAll(async () => {
  code = await bundle();
}, 60_000);

test('the bundle uses no global that a browser does not have', { timeout: 120_000 }, () => {
  const messages = new Linter().verify(code, {
    languageOptions: { sourceType: 'script' },
    linterOptions: { noInlineConfig: true, reportUnusedDisableDirectives: 'off' },
    rules: { 'no-undef': 'error' },
  });
  expect(messages.filter(({ fatal }) => fatal)).toEqual([]);
  const used = new Set(messages.map(({ message }) => /^'(\w+)'/.exec(message)?.[1]));
  expect(used).toContain('setInterval');
  // The prelude's stand in their place.
  expect(used).not.toContain('setTimeout');
  expect([...used].filter((name) => ![...browser, ...asked].includes(name!))).toEqual([]);
  expect(code).not.toMatch(/["']node:/);
});

test('an exercise is done in it', async () => {
  const globals = Object.fromEntries(browser.map((name) => [name, Reflect.get(globalThis, name)]));
  // What comes over a MessageChannel is of this realm, and so is what the context makes.
  const context = vm.createContext({ ...globals, Uint8Array, ArrayBuffer });
  context['self'] = context;
  vm.runInContext(code, context);
  const { pass } = context['entry'] as { pass(): Promise<readonly CheckResult[]> };
  const results = await pass();
  expect(results.map(({ state }) => state)).toEqual(['true', 'true', 'true']);
});
