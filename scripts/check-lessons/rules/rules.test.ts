import { describe, expect, it } from 'vitest';
import type { CheckResult, Exercise } from '../../../sandbox/protocol.ts';
import { fails, getsHint, passes } from '../expectations.ts';
import type { LessonFiles } from '../lesson.ts';
import { parseMdx } from '../page.ts';
import { Findings } from '../report.ts';
import type { Rule } from '../rule.ts';
import { doubtsOf } from './chinese.ts';
import { codeBlocks, fateOf } from './code-blocks.ts';
import { files } from './files.ts';
import { bothLanguages } from './languages.ts';
import { length } from './length.ts';
import { wrongWith } from './links.ts';
import { sentences } from './sentences.ts';

const exercise: Exercise = {
  devices: ['lamp.ts'],
  scene: {},
  checks: [{ id: 'lit', holds: () => false, hints: [{ id: 'dark', when: () => true }] }],
};
const program = new Map([['lamp.ts', '']]);
const page = (body: string) => parseMdx(`---\ndescription: x\n---\n\n${body}`);
const text =
  '<Exercise id="light"><Check id="lit">On.</Check><Hint for="dark">Off.</Hint></Exercise>';
const lesson = (change: Partial<LessonFiles> = {}): LessonFiles => ({
  slug: 'lights',
  pages: { en: page(text), 'zh-tw': page(text) },
  exercises: [
    {
      id: 'lights/light',
      exercise,
      starter: program,
      solution: program,
      alsoRight: new Map([['other', program]]),
      mistakes: new Map([['dark--twice', program]]),
      captures: new Map(),
    },
  ],
  ...change,
});
const failuresOf = (rule: Rule, found: LessonFiles): string[] => {
  const findings = new Findings();
  void rule(found, findings, { written: new Set(['lights']), all: new Set(['lights']) });
  return findings.failures;
};

describe('files', () => {
  it('finds nothing wrong with a whole exercise', () => {
    expect(failuresOf(files, lesson())).toEqual([]);
  });
  it('names what is missing, left over and unproved', () => {
    const [whole] = lesson().exercises;
    const broken = {
      ...whole!,
      solution: new Map([['fan.ts', '']]),
      alsoRight: new Map(),
      mistakes: new Map([['bright', program]]),
    };
    expect(failuresOf(files, lesson({ exercises: [broken] }))).toEqual([
      'lights/light/solution: lacks lamp.ts, which exercise.ts names',
      'lights/light/solution/fan.ts: is not among the devices of exercise.ts, and no broker file, terminal.sh, *.sh or *.py',
      'lights/light/also-right: is empty; at least one other correct solution shows that style is not judged',
      'lights/light/mistakes: lacks dark: no program proves that hint',
      'lights/light/mistakes/bright: is not the id of a hint in exercise.ts',
    ]);
  });
});

describe('languages and sentences', () => {
  it('wants both languages, with the same ids', () => {
    expect(failuresOf(bothLanguages, lesson())).toEqual([]);
    expect(failuresOf(bothLanguages, lesson({ pages: { en: page(text) } }))).toEqual([
      'lights/zh-tw.mdx: is missing',
    ]);
    const other = page('<Exercise id="light"><Check id="lit">亮了。</Check></Exercise>');
    expect(
      failuresOf(bothLanguages, lesson({ pages: { en: page(text), 'zh-tw': other } })),
    ).toHaveLength(1);
  });
  it('wants a sentence for each check and hint, and none besides', () => {
    expect(failuresOf(sentences, lesson())).toEqual([]);
    const odd = page(
      '<Exercise id="light"><Check id="lit">On.</Check><Hint for="dim">?</Hint></Exercise>',
    );
    expect(failuresOf(sentences, lesson({ pages: { en: odd } }))).toEqual([
      'lights/en.mdx: has no <Hint dark>',
      'lights/en.mdx: has <Hint dim>, which no exercise.ts knows',
    ]);
  });
});

describe('chinese', () => {
  it.each([
    '訊息送到訂閱者之後，平台上的用戶端都收得到。',
    '了解主題裡面的層級；布置在台灣的裝置。',
    'broker 把 payload 轉送出去。',
  ])('takes %s', (line) => expect(doubtsOf({ text: line, line: 1 })).toEqual([]));
  it.each([
    ['发布消息', '发'],
    ['送出之后', '后'],
    ['網絡斷線', '網絡'],
    ['房間里面', '里'],
  ])('doubts %s', (line, found) => {
    expect(doubtsOf({ text: line, line: 3 }).map((doubt) => doubt.found)).toContain(found);
  });
});

describe('links', () => {
  const written = new Set(['lights']);
  it.each(['/en/lights/', '/en/', '/en/lights/#top', '#here', 'https://mqtt.org/'])(
    'takes %s',
    (url) => expect(wrongWith(url, 'en', written)).toBeUndefined(),
  );
  it.each([
    ['/zh-tw/lights/', 'leads to another language; this page is en'],
    ['/en/fans/', 'leads to a lesson that is not written'],
    ['/en/lights', 'is not of the form /<language>/<lesson>/'],
    ['lights', 'is not of the form /<language>/<lesson>/'],
    ['http://mqtt.org/', 'is not https'],
    ['javascript:alert(1)', 'is not https'],
  ])('refuses %s', (url, why) => expect(wrongWith(url, 'en', written)).toBe(why));
});

describe('code blocks', () => {
  it('reads what becomes of a block from its meta', () => {
    expect(fateOf('run')).toEqual({ is: 'run' });
    expect(fateOf('title="a run" output')).toEqual({ is: 'output' });
    expect(fateOf('not-run="needs a Raspberry Pi"')).toEqual({
      is: 'not-run',
      reason: 'needs a Raspberry Pi',
    });
    expect(fateOf('not-run=""')).toBeUndefined();
    expect(fateOf('')).toBeUndefined();
  });
  it('wants each block to say it, and output to follow what is run', () => {
    const body =
      '```sh run\nls\n```\n\n```txt output\na\n```\n\n```txt output\nb\n```\n\n```sh\nls\n```';
    expect(failuresOf(codeBlocks, lesson({ pages: { en: page(body) } }))).toEqual([
      'lights/en.mdx:13: is the output of nothing: no block before it is run',
      'lights/en.mdx:17: says neither run, output nor not-run="reason"',
    ]);
  });
});

describe('length', () => {
  const words = (count: number) => 'word '.repeat(count);
  it('counts words before there is something to do, and in all', () => {
    expect(failuresOf(length, lesson({ pages: { en: page(`${words(150)}\n\n${text}`) } }))).toEqual(
      [],
    );
    const long = page(`${words(151)}\n\n${text}\n\n${words(400)}`);
    expect(failuresOf(length, lesson({ pages: { en: long } }))).toEqual([
      'lights/en.mdx: has 552 words; at most 500',
      'lights/en.mdx: has 151 words before there is something to do; at most 150',
    ]);
    expect(failuresOf(length, lesson({ pages: { en: page('Hi.') } }))).toEqual([
      'lights/en.mdx: has nothing to do',
    ]);
  });
});

describe('what programs must do', () => {
  const yes: CheckResult = { id: 'a', state: 'true' };
  const no = (hint?: string): CheckResult => ({
    id: 'b',
    state: 'not-yet',
    ...(hint && { hint: { id: hint, values: {} } }),
  });
  it('passes only when every check is true', () => {
    expect(passes([yes])).toBeUndefined();
    expect(passes([yes, no()])).toBe('must pass: a true, b not-yet');
    expect(passes([])).toBeDefined();
    expect(fails([yes, no()])).toBeUndefined();
    expect(fails([yes])).toBeDefined();
  });
  it('gets its own hint and no other', () => {
    expect(getsHint('x')([yes, no('x')])).toBeUndefined();
    expect(getsHint('x')([no('y')])).toBe('must get the hint x and no other: b not-yet (y)');
    expect(getsHint('x')([no('x'), no('y')])).toBeDefined();
    expect(getsHint('x')([no()])).toBeDefined();
    expect(getsHint('x')([yes])).toBeDefined();
  });
});
