/**
 * `npm run bench:run [-- --visits <n>]`: how long a learner waits, and how much is downloaded, in
 * real Chromium against the real server. Cold: nothing cached, first run of its page. Warm: the
 * browser has been here, and the page has run a program.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chromium, type Browser, type BrowserContext } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import { program } from '../e2e/lesson-page.ts';
import { startCourse } from '../e2e/server.ts';
import { build } from '../scripts/build.ts';
import { median } from './median.ts';
import { readingBytes, visit, type Bytes, type Visit } from './visit.ts';

const LESSON = '/en/first-message/';
const VIEWPORT = { width: 1440, height: 900 };
/** Runs in one page: the first is cold, the others are warm. */
const RUNS = 4;

const { values } = parseArgs({ options: { visits: { type: 'string', default: '7' } } });
const visits = Math.max(7, Number(values.visits) || 0);

async function newContext(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: VIEWPORT });
  await context.addInitScript((draft) => {
    localStorage.setItem('retained:draft:first-message/publish:publisher.ts', draft);
  }, program('solution'));
  return context;
}

const ms = (value: number) => `${Math.round(value)} ms`;
const kb = (value: number) => `${(value / 1024).toFixed(1)} KB`;
const row = (title: string, cold: string, warm: string) =>
  console.log(`${title.padEnd(36)}${cold.padStart(12)}${warm.padStart(12)}`);

await build();
const course = await startCourse();
const browser = await chromium.launch(launchOptions());
try {
  const url = course.origin + LESSON;
  const cold: Visit[] = [];
  const warm: Visit[] = [];
  for (let n = 0; n < visits; n++) {
    const context = await newContext(browser);
    cold.push(await visit(context, url, RUNS));
    warm.push(await visit(context, url, RUNS));
    await context.close();
  }
  const reader = await browser.newContext({ viewport: VIEWPORT });
  const reading = await readingBytes(reader, url);
  await reader.close();
  print(cold, warm, reading);
} finally {
  await browser.close();
  await course.end();
}

function print(cold: Visit[], warm: Visit[], reading: Bytes): void {
  const [cpu] = cpus();
  console.log(
    `\n${cpus().length} × ${cpu?.model.trim()}, Chromium ${browser.version()}, loopback;`,
  );
  console.log(`medians of ${visits} visits with ${RUNS} runs each\n`);
  row('', 'cold', 'warm');
  const middle = (list: Visit[], of: (visit: Visit) => number) => ms(median(list.map(of)));
  row(
    'navigation → readable',
    middle(cold, (v) => v.readable),
    middle(warm, (v) => v.readable),
  );
  row(
    'navigation → editor ready',
    middle(cold, (v) => v.editor),
    middle(warm, (v) => v.editor),
  );
  const first = (name: 'packet' | 'message' | 'green') =>
    ms(median([...cold, ...warm].map(({ runs }) => runs[0]![name])));
  const later = (name: 'packet' | 'message' | 'green') =>
    ms(median([...cold, ...warm].flatMap(({ runs }) => runs.slice(1).map((run) => run[name]))));
  row('Run → first packet', first('packet'), later('packet'));
  row('Run → first message received', first('message'), later('message'));
  row('Run → every check green', first('green'), later('green'));

  console.log(
    `\n${'bytes on the wire, nothing cached'.padEnd(36)}${'reading'.padStart(12)}${'editor'.padStart(12)}`,
  );
  const withEditor = cold[0]!.bytes;
  const kinds = [...new Set([...Object.keys(reading), ...Object.keys(withEditor)])].sort();
  for (const kind of kinds)
    row(kind.toLowerCase(), kb(reading[kind] ?? 0), kb(withEditor[kind] ?? 0));
  const total = (bytes: Bytes) => kb(Object.values(bytes).reduce((sum, value) => sum + value, 0));
  row('all', total(reading), total(withEditor));
}
