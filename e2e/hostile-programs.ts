/** Programs that try to freeze or to kill the page, for `hostile*.spec.ts` and `npm run bench:hostile`. */
import type { Page } from '@playwright/test';

/** `ends`: how the run ends if nobody presses Stop; `stopped` goes on until somebody does. */
export interface HostileProgram {
  text: string;
  ends: 'stopped' | 'failed' | 'finished';
  /** Puts so much memory aside that it is not tried beside other tests. */
  isHeavy?: true;
}

const forever = (printed: string, before = '') => `${before}for (;;) console.log(${printed});\n`;
const stopped = (text: string): HostileProgram => ({ text, ends: 'stopped' });
const failed = (text: string): HostileProgram => ({ text, ends: 'failed' });
const heavy = (text: string): HostileProgram => ({ text, ends: 'failed', isHeavy: true });

export const hostilePrograms: Record<string, HostileProgram> = {
  'lines: 100,000 Chinese': stopped(forever("'這是很長的一行。'.repeat(12_500)")),
  'lines: 100,000 right-to-left': stopped(forever("'שורה ארוכה מאוד '.repeat(6_250)")),
  'lines: 100,000 emoji': stopped(forever("'👩‍👩‍👧‍👦'.repeat(9_000)")),
  'lines: 100,000 combining': stopped(forever("'z' + '\\u0301'.repeat(100_000)")),
  'lines: 12 marks a letter': stopped(forever("('z' + '\\u0301'.repeat(12)).repeat(700)")),
  'lines: joiners': stopped(forever("'a\\u200d'.repeat(4_000)")),
  'lines: Arabic ligatures': stopped(forever("'لا\\u0651\\u064e'.repeat(2_000)")),
  'lines: Devanagari clusters': stopped(forever("'क्'.repeat(4_000)")),
  'lines: Tibetan stack': stopped(forever("'ཀ' + '\\u0f90'.repeat(8_000)")),
  'lines: Hangul jamo': stopped(forever("'\\u1100\\u1161\\u11a8'.repeat(2_700)")),
  'lines: bidi controls': stopped(forever("'\\u202e\\u2066a'.repeat(2_700)")),
  'lines: tabs': stopped(forever("'\\t'.repeat(8_000)")),
  'lines: CR, NEL, U+2028': stopped(forever("'\\r\\u0085\\u2028\\u2029\\v\\f'.repeat(1_300)")),
  'lines: 8,000 line breaks': stopped(forever("'\\n'.repeat(8_000)")),
  'lines: words': stopped(forever("'word '.repeat(1_600)")),
  'lines: short and many': stopped(forever("'x'")),
  'lines: lone surrogates': stopped(forever("'\\ud83d'.repeat(8_000)")),
  'a printed client': stopped(
    forever(
      'client',
      "import mqtt from 'mqtt';\nconst client = await mqtt.connectAsync('mqtt://localhost');\n",
    ),
  ),
  groups: stopped("for (;;) { console.group('g'); console.log('a\\n'.repeat(4_000)); }\n"),
  'an error of many lines': stopped(forever("new Error('line\\n'.repeat(100_000))")),
  'causes, 100,000 deep': stopped(
    "let error = new Error('0');\nfor (let i = 0; i < 100_000; i++) error = new Error('x', { cause: error });\nfor (;;) console.log(error);\n",
  ),
  'a wide object': stopped(
    "const wide = Object.fromEntries(Array.from({ length: 200_000 }, (_, i) => ['k' + i, i]));\nfor (;;) console.log(wide);\n",
  ),
  'a loop that prints nothing': stopped('for (;;);\n'),
  'a loop of promises': stopped('for (;;) await null;\n'),
  'timers without end': failed(
    'function more() { setTimeout(more); setTimeout(more); }\nfor (let i = 0; i < 10; i++) more();\n',
  ),
  'faces at full speed': stopped(`import { chart, display, gauge } from 'device';
const faces = [1, 2, 3].map((i) => ({ c: chart('c' + i), g: gauge('g' + i), d: display('d' + i) }));
for (let i = 0; ; i++) for (const { c, g, d } of faces) { c.add(i); g.set(i % 100); d.show('\\n'.repeat(i % 300)); }
`),
  'faces with names of megabytes': stopped(`import { gauge, lamp } from 'device';
console.log('begins');
const long = 'x'.repeat(1_000_000);
for (let i = 0; i < 6; i++) {
  lamp(long);
  gauge('g', { unit: Array.from({ length: 3_000_000 }, () => ({})) as unknown as string });
}
for (;;) console.log(long);
`),
  'faces with combining names': stopped(`import { display, lamp } from 'device';
for (let i = 0; i < 6; i++) lamp('z' + '\\u0301'.repeat(59) + i);
const d = display('d');
setInterval(() => d.show('z' + '\\u0301'.repeat(299)), 1);
`),
  'junk on the port': stopped(`for (const prototype of [MessageEvent.prototype, Map.prototype]) {
  const key = prototype === MessageEvent.prototype ? 'data' : Symbol.iterator;
  const junk = Array.from({ length: 1_000_000 }, () => ({}));
  try {
    Object.defineProperty(prototype, key, {
      get() { this.target?.postMessage(junk); return function* () { yield [1, junk]; }; },
    });
  } catch { console.log('refused'); }
}
setInterval(() => console.log('x'), 1);
`),
  'publishes of hundreds of megabytes': failed(`import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 0; i < 8; i++) client.publish('a', 'x'.repeat(260_000_000));
`),
  'publishes without a pause': stopped(`import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
setInterval(() => { for (let i = 0; i < 200; i++) client.publish('a', 'x'.repeat(20_000)); }, 10);
`),
  'connections without end': stopped(`import mqtt from 'mqtt';
setInterval(() => mqtt.connect('mqtt://localhost'), 1);
`),
  'a thrown proxy': failed('throw new Proxy({}, { getPrototypeOf() { throw 1; } });\n'),
  'an error of 300 MB': failed("throw new Error('x'.repeat(300_000_000));\n"),
  'memory: arrays of objects': heavy(
    'const kept = [];\nfor (;;) kept.push(Array.from({ length: 1_000 }, (_, i) => ({ i })));\n',
  ),
  'memory: array buffers': heavy(
    'const kept = [];\nfor (;;) kept.push(new Uint8Array(100_000_000).fill(1));\n',
  ),
  'memory: array buffers, small': heavy(
    'const kept = [];\nfor (;;) kept.push(new Uint8Array(10_000).fill(1));\n',
  ),
  'memory: strings': heavy(
    "const kept = [];\nfor (let i = 0; ; i++) kept.push((i + 'x'.repeat(1_000_000)).split('').join(''));\n",
  ),
  'memory: while it yields': heavy(
    'const kept = [];\nsetInterval(() => kept.push(new Float64Array(1_000_000).fill(1)), 1);\n',
  ),
  'memory: Array(n).fill': heavy(
    'const kept = [];\nfor (;;) kept.push(Array(10_000_000).fill(1.5));\n',
  ),
  'memory: Buffer': heavy(
    'const kept = [];\nfor (;;) kept.push((globalThis as any).Buffer.alloc(50_000_000, 1));\n',
  ),
};

/** How many workers for programs there are; one waits for the next program. */
export function programWorkers(page: Page): number {
  return page.workers().filter((worker) => worker.url().startsWith('data:')).length;
}
