import { describe, expect, it } from 'vitest';
import type { CheckResult, Exercise } from '../../../sandbox/protocol/exercise.ts';
import { fails, getsHint, passes } from '../expectations.ts';
import type { LessonFiles } from '../lesson.ts';
import { parseMdx } from '../page.ts';
import { Findings } from '../report.ts';
import type { LessonRule } from '../lesson-rule.ts';
import { doubtsOf } from './chinese.ts';
import { codeBlocks, blockUseOf } from './code-blocks.ts';
import { comments } from './comments.ts';
import { files } from './files.ts';
import { bothLanguages } from './languages.ts';
import { inlineCode } from './inline-code.ts';
import { length } from './length.ts';
import { captures } from './captures.ts';
import { links, wrongWith } from './links.ts';
import { listed } from './listed.ts';
import { pictures } from './pictures.ts';
import { questions } from './questions.ts';
import { lacking } from './real-programs.ts';
import { sentences } from './sentences.ts';
import { sources } from './sources.ts';
import { structure } from './structure.ts';
import { terms } from './terms.ts';
import { types } from './types.ts';
import { unfinished } from './unfinished.ts';

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
      comments: {},
    },
  ],
  ...change,
});
const failuresOf = (rule: LessonRule, found: LessonFiles): string[] => {
  const findings = new Findings();
  void rule(found, findings, {
    written: new Set(['lights']),
    all: new Set(['lights']),
    anchorsOf: () => undefined,
    hasFile: () => false,
  });
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
      'lights/light/solution/fan.ts: is not among the devices of exercise.ts, and no broker file, terminal.sh, connection.json, *.sh or *.py',
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

describe('comments of programs', () => {
  it('are all there in Chinese, and none that no program has', () => {
    const [whole] = lesson().exercises;
    const said = {
      'Change this.': '改這裡。',
      'Not that.': '不是那裡。',
      'Nor this.': 'Nor this.',
    };
    const commented = {
      ...whole!,
      starter: new Map([['lamp.ts', '// Change this.\n// Nor this.\n']]),
      solution: new Map([['lamp.ts', 'done(); // by now\n']]),
      comments: { 'zh-tw': said },
    };
    expect(failuresOf(comments, lesson())).toEqual([]);
    expect(failuresOf(comments, lesson({ exercises: [commented] }))).toEqual([
      'lights/light/comments.zh-tw.json: lacks “Nor this.” in Chinese',
      'lights/light/comments.zh-tw.json: lacks “by now” in Chinese',
      'lights/light/comments.zh-tw.json: “Not that.” stands in no starter and no solution',
    ]);
  });
  it('are joined by what the programs print', () => {
    const [whole] = lesson().exercises;
    const printing = {
      ...whole!,
      starter: new Map([['lamp.ts', "console.log('On.');\nconsole.log('Off.', 'QoS');\n"]]),
      comments: { 'zh-tw': { 'Off.': "關'了。" } },
    };
    expect(failuresOf(comments, lesson({ exercises: [printing] }))).toEqual([
      'lights/light/comments.zh-tw.json: lacks “On.” in Chinese',
      "lights/light/comments.zh-tw.json: has a quote, a backslash or a line break in “關'了。”, which stands between quotes",
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
  const course = {
    anchorsOf: (page: string) => (page === 'lights' ? new Set(['on']) : undefined),
    hasFile: (path: string) => path === '/there.pdf',
  };
  const from = { language: 'en', anchors: new Set(['here']) };
  it.each(['/en/lights/', '/en/', '/en/lights/#on', '#here', '/there.pdf', 'https://mqtt.org/'])(
    'takes %s',
    (url) => expect(wrongWith(url, from, course)).toBeUndefined(),
  );
  it.each([
    ['/zh-tw/lights/', 'leads to another language; this page is en'],
    ['/en/fans/', 'leads to a lesson that is not written'],
    ['/en/lights/#off', 'leads to nothing on lights'],
    ['#there', 'leads to nothing on this page'],
    ['#', 'leads to nothing on this page'],
    ['/gone.pdf', 'leads to a file that is not in public/'],
    ['/en/lights', 'is not of the form /<language>/<lesson>/'],
    ['lights', 'is not of the form /<language>/<lesson>/'],
    ['http://mqtt.org/', 'is not https'],
    ['javascript:alert(1)', 'is not https'],
  ])('refuses %s', (url, why) => expect(wrongWith(url, from, course)).toBe(why));
  it('knows headings, exercises and questions of a page as places', () => {
    const body =
      '## What you *just* saw\n\n<Quiz id="a">\n\n?\n\n</Quiz>\n\n[down](#what-you-just-saw)';
    const good = lesson({ pages: { en: page(body), 'zh-tw': page('## 剛才\n\n[下](#quiz-a)') } });
    expect(failuresOf(links, good)).toEqual([]);
    const bad = lesson({ pages: { en: page('[down](#nowhere)') } });
    expect(failuresOf(links, bad)).toEqual([
      'lights/en.mdx:5: #nowhere leads to nothing on this page',
    ]);
  });
});

describe('code blocks', () => {
  it('reads what becomes of a block from its meta', () => {
    expect(blockUseOf('run')).toEqual({ is: 'run' });
    expect(blockUseOf('title="a run" output')).toEqual({ is: 'output' });
    expect(blockUseOf('not-run="needs a Raspberry Pi"')).toEqual({
      is: 'not-run',
      reason: 'needs a Raspberry Pi',
    });
    expect(blockUseOf('not-run=""')).toBeUndefined();
    expect(blockUseOf('')).toBeUndefined();
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

describe('structure', () => {
  const both = (en: string, zh: string) => lesson({ pages: { en: page(en), 'zh-tw': page(zh) } });
  it('takes pages that are built alike', () => {
    const en = '## One\n\n<Figure caption="a">\n\nx\n\n</Figure>\n\n```sh run\nls\n```';
    const zh = '## 一\n\n<Figure caption="甲">\n\nx\n\n</Figure>\n\n```sh run\nls -l\n```';
    expect(failuresOf(structure, both(en, zh))).toEqual([]);
  });
  it.each([
    ['## One\n\n## Two', '## 一', 'headings: en.mdx has ## where zh-tw.mdx has no more (number 2)'],
    ['<A />\n\n<B />', '<B />', 'components: en.mdx has <A> where zh-tw.mdx has <B> (number 1)'],
    [
      '```sh run\nls\n```',
      '```sh not-run="x"\nls\n```',
      'code blocks: en.mdx has ```sh run where zh-tw.mdx has ```sh not-run (number 1)',
    ],
  ])('%j is not built as %j', (en, zh, words) => {
    expect(failuresOf(structure, both(en, zh))).toEqual([
      `lights: the languages have other ${words}`,
    ]);
  });
});

describe('terms', () => {
  const glossary = {
    client: { term: { en: 'client', 'zh-tw': '用戶端' }, means: { en: 'x', 'zh-tw': '某' } },
    half: { term: { en: 'half', 'zh-tw': '' }, means: { en: 'x', 'zh-tw': '某' } },
  };
  const of = (en: string, zh: string) =>
    failuresOf(terms(glossary), lesson({ pages: { en: page(en), 'zh-tw': page(zh) } }));
  it('takes one that is whole and in both', () => {
    expect(of('a <Term id="client">c</Term>', '<Term id="client">用</Term>')).toEqual([]);
  });
  it('names what is unknown, half or in one language only', () => {
    const en = 'a <Term id="client">c</Term> <Term id="half">h</Term>';
    expect(of(en, '<Term id="half">半</Term> <Term id="none">無</Term>')).toEqual([
      'lights/zh-tw.mdx: has no <Term client>',
      'lights: <Term half> has no term in zh-tw',
      'lights: <Term none> is not in lessons/glossary.ts',
      'lights/en.mdx: has no <Term none>',
    ]);
  });
});

describe('pictures, sources, questions, what is unfinished', () => {
  const en = (body: string) => lesson({ pages: { en: page(body) } });
  it('wants words for each picture, and one that is made from data', () => {
    expect(
      failuresOf(pictures, en('<Packet topic="a" payload="b" />\n\n![a tree](/a.png)')),
    ).toEqual([]);
    const bad = '![](/a.png)\n\n<img src="/b.png" />\n\n<Figure caption=" ">\n\nx\n\n</Figure>';
    expect(failuresOf(pictures, en(bad))).toEqual([
      'lights/en.mdx:5: <img> has no alt',
      'lights/en.mdx:7: <img> has no alt',
      'lights/en.mdx:9: <Figure> has no caption',
      'lights/en.mdx: has no picture that is made from data',
    ]);
  });
  it('wants sources with sections', () => {
    const source = (props: string) => `<Source ${props}>x</Source>`;
    expect(failuresOf(sources, en(source('of="mqtt-5.0" section="3.1"')))).toEqual([]);
    expect(failuresOf(sources, en('none'))).toEqual(['lights/en.mdx: names no source']);
    expect(failuresOf(sources, en(source('of="mqtt-5.0"')))[0]).toMatch(/names no section/);
    expect(failuresOf(sources, en(source('section="3"')))[0]).toMatch(/names nothing/);
    const wrong = source('of="mqtt-5.0" section="3.1" statement="MQTT-4.1.0-1"');
    expect(failuresOf(sources, en(wrong))[0]).toMatch(/not in section 3.1/);
  });
  it('wants two to four questions, with an explanation for every answer', () => {
    const quiz = '<Quiz id="a">\n\n<Answer>\n\nx\n\n<Why>y</Why>\n\n</Answer>\n\n</Quiz>\n\n';
    expect(failuresOf(questions, en(quiz.repeat(2)))).toEqual([]);
    expect(failuresOf(questions, en(quiz))[0]).toMatch(/has 1 quiz questions/);
    expect(failuresOf(questions, en(quiz.repeat(5)))[0]).toMatch(/has 5 quiz questions/);
    const silent = quiz.replace('<Why>y</Why>', '');
    expect(failuresOf(questions, en(quiz + silent))[0]).toMatch(/2 answers and 1 explanations/);
  });
  it('wants nothing left over of a template', () => {
    expect(failuresOf(unfinished, lesson())).toEqual([]);
    expect(failuresOf(unfinished, en('TODO: a hook'))).toEqual([
      'lights/en.mdx:5: still says TODO',
    ]);
  });
  it('wants code to show what is meant', () => {
    expect(failuresOf(inlineCode, en("`{ qos: 1 }` or {'{qos}'}, `{topic}`"))).toEqual([]);
    expect(failuresOf(inlineCode, en("`{'{ qos: 1 }'}`\n\n`{id}\n  `, x"))).toEqual([
      "lights/en.mdx:5: shows `{'{ qos: 1 }'}` with its quotes and spaces",
      'lights/en.mdx:7: shows `{id} ` with its quotes and spaces',
    ]);
  });
});

describe('lists, types, captures, programs that a machine lacks', () => {
  it('wants a written lesson with an exercise', () => {
    expect(failuresOf(listed, lesson())).toEqual([]);
    expect(failuresOf(listed, lesson({ slug: 'fans', exercises: [] }))).toEqual([
      'fans: is not a written lesson of lessons/course.ts',
      'fans: has no exercise',
    ]);
  });
  it('finds a type error in a starter', () => {
    const [whole] = lesson().exercises;
    const text = "import mqtt from 'mqtt';\nawait mqtt.connectAsync(42);\n";
    const wrong = { ...whole!, starter: new Map([['lamp.ts', text]]) };
    expect(failuresOf(types, lesson({ exercises: [wrong] }))).toEqual([
      expect.stringMatching(/^lights\/light\/starter\/lamp.ts:2: .*number/s),
    ]);
  });
  it('wants the set that a capture is of', () => {
    const [whole] = lesson().exercises;
    const old = { ...whole!, captures: new Map([['a', { set: 'mistakes/gone', packets: [] }]]) };
    expect(failuresOf(captures, lesson({ exercises: [old] }))).toEqual([
      'lights/light/captures/a.json: is of mistakes/gone, which is not there',
    ]);
  });
  it('says what a machine lacks for the blocks', () => {
    const { code } = page('```python run\nimport paho.mqtt\n```');
    const none = { mosquitto: false, clients: false, paho: false };
    expect(lacking(code, none)).toEqual(['mosquitto', 'paho-mqtt 2']);
    expect(lacking(code, { mosquitto: true, clients: true, paho: true })).toEqual([]);
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
