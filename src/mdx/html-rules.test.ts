import { expect, test } from 'vitest';
import { problemsOf } from './html-rules.ts';

test.each([
  ['<p>**重要：**請看這裡</p>', ['literal ** in “**重要：**請看這裡”: write <strong>…</strong>']],
  ['<p>a<code>2 ** 3</code></p>', []],
  ['<pre class="x"><span>**</span></pre>', []],
  ['<script type="module" src="/a.js"></script>', []],
  ['<script type="application/json" data-exercise>{"a":"**"}</script>', []],
  ['<script>alert(1)</script>', ['an inline script: the content security policy refuses it']],
  [
    '<x-check data-id="a">…',
    ['<x-check> is left: a component stands outside of the one it belongs to'],
  ],
  ['<p title="**">fine</p>', []],
])('%s', (html, problems) => {
  expect(problemsOf(html)).toEqual(problems);
});

test('an inline script that the policy names is allowed, and no other', () => {
  const html = '<script>let a;</script><script>let a; </script>';
  expect(problemsOf(html, ['let a;'])).toHaveLength(1);
});
