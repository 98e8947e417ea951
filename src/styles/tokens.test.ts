import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
type Colours = Record<string, string>;

function coloursIn(selector: string): Colours {
  const start = css.indexOf(selector);
  expect(start, selector).toBeGreaterThan(-1);
  const block = css.slice(css.indexOf('{', start), css.indexOf('}', start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((m) => [m[1]!, m[2]!]),
  );
}

/** WCAG 2.2, “relative luminance” and “contrast ratio”. */
function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}
function contrast(one: string, other: string): number {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light! + 0.05) / (dark! + 0.05);
}

const light = coloursIn(':root {');
const dark = coloursIn(":root[data-theme='dark']");

test('the dark colours of the system and of the switch are the same', () => {
  expect(coloursIn(":root:not([data-theme='light'])")).toEqual(dark);
});

test('both themes have the same colours', () => {
  expect(Object.keys(dark).sort()).toEqual(Object.keys(light).sort());
});

const papers = ['paper', 'paper-raised', 'paper-sunken'];
const roles = ['publisher', 'broker', 'subscriber', 'true', 'not-yet', 'wrong'];
const code = [
  'ink',
  'keyword',
  'string',
  'number',
  'type',
  'comment',
  'punctuation',
  'line-number',
];

/** Text on what it may stand on: 4.5 : 1 (SC 1.4.3). */
const texts: [string, string][] = [
  ...papers.flatMap((paper) =>
    ['ink', 'ink-soft', ...roles].map((t): [string, string] => [t, paper]),
  ),
  ...roles.flatMap((role): [string, string][] => [
    [role, `${role}-soft`],
    ['ink', `${role}-soft`],
  ]),
  ...code.map((kind): [string, string] => [`code-${kind}`, 'code-paper']),
  ['code-ink', 'code-selection'],
  ['paper', 'ink'],
];
/** Edges of controls and the focus ring: 3 : 1 (SC 1.4.11). */
const edges: [string, string][] = papers.flatMap((paper): [string, string][] => [
  ['line-strong', paper],
  ['focus', paper],
]);

describe.each([
  ['light', light],
  ['dark', dark],
])('contrast, %s', (_, colours) => {
  test.each(texts)('%s on %s', (text, paper) => {
    expect(contrast(colours[text]!, colours[paper]!)).toBeGreaterThanOrEqual(4.5);
  });
  test.each(edges)('edge %s on %s', (edge, paper) => {
    expect(contrast(colours[edge]!, colours[paper]!)).toBeGreaterThanOrEqual(3);
  });
});
