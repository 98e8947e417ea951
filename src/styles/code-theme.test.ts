import { codeToHtml } from 'shiki';
import { afterEach, expect, test, vi } from 'vitest';
import { codeTheme, wholeLines } from './code-theme.ts';

afterEach(() => void vi.restoreAllMocks());

const code =
  "const client = await mqtt.connectAsync('mqtt://localhost');\nconsole.log('Connected.');\n";
const html = (transformers: (typeof wholeLines)[]) =>
  codeToHtml(code, { lang: 'ts', theme: codeTheme, transformers });

test('a machine that takes a second for each token colours a program as any other', async () => {
  const usual = await html([wholeLines]);
  let now = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => (now += 1000));
  expect(await html([wholeLines])).toBe(usual);
  // Shiki's own limit is what this is about.
  expect(await html([])).not.toBe(usual);
});
