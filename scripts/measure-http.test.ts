import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measured } from '../lessons/mqtt-and-http/measured.ts';
import { measure } from './measure-http.ts';

const lesson = join(import.meta.dirname, '..', 'lessons', 'mqtt-and-http');
const [kept, each] = [await measure(true), await measure(false)];

test('the lesson’s numbers are those that are measured', () => {
  const usage = ({ bytes, connections }: typeof kept) => ({ bytes, connections });
  expect(measured).toEqual({ 'http-kept': usage(kept), 'http-each': usage(each) });
  expect([kept.connections, each.connections]).toEqual([1, 20]);
});
test.each(['en', 'zh-tw'])('%s.mdx shows the request that was sent', (language) => {
  const page = readFileSync(join(lesson, `${language}.mdx`), 'utf8');
  expect(page).toContain(`\n${kept.request.replaceAll('\r\n', '\n')}\n\`\`\`\n`);
});
