/**
 * `npm run bench:page-room [-- --visits <n> --seconds <n> --minutes <n> --part <speed|heap>]`: a room on the
 * server and a room in the page, side by side in one run, in real Chromium; then the same with the page's
 * processor slowed four times (Chromium slows the page's thread, not its workers).
 *
 * On a quiet machine `speed` should take 8 minutes, 3 with `--visits 1 --seconds 5`, and `heap` 2 minutes more
 * than its minutes. Each part prints how long it took.
 */
import { statSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type BrowserContext, type Page } from 'playwright';
import { launchOptions } from '../e2e/browser.ts';
import { LessonPage, program } from '../e2e/lesson-page.ts';
import { startCourse } from '../e2e/server.ts';
import { build, root } from '../scripts/build.ts';
import type { RoomPlace } from '../src/workbench/room/room.ts';
import { median } from './median.ts';
import { measure } from './page-load/measure.ts';
import { busyProgram, lastHeard, type Heard } from './page-room/busy-program.ts';
import { heapOf } from './page-room/heap.ts';
import { slowDown, visit, type Visit } from './visit.ts';

const PLACES = ['server', 'browser'] as const;
/** As many as a learner needs: whether a later one is slower than an early one is a row of the table. */
const RUNS = 10;
/** What the limits of a line let eight clients publish, and what a busy lesson does. */
const MOST = 800;
const BUSY = 200;
const READINGS = 6;

const number = (value: string) => ({ type: 'string', default: value }) as const;
const { values } = parseArgs({
  options: {
    ...{ visits: number('5'), seconds: number('10'), minutes: number('10') },
    part: { type: 'string' },
  },
});
if (!['speed', 'heap', undefined].includes(values.part)) {
  console.error(`No part "${values.part}". Parts: speed, heap.`);
  process.exit(2);
}
const isPart = (name: 'speed' | 'heap') => values.part === undefined || values.part === name;
const visits = Math.max(1, Number(values.visits) || 5);
/** How long each rate is measured. */
const share = Math.max(1, Number(values.seconds) || 10);
const minutes = Math.max(0.2, Number(values.minutes) || 10);
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
/** What is measured now: a table has its figures only when a row is complete. */
const now = (what: string) => console.error(`  … ${what}`);

await build();
const course = await startCourse();
const browser = await chromium.launch(launchOptions());

const where = (place: RoomPlace) => (place === 'server' ? 'on the server' : 'in the page');

async function contextOf(place: RoomPlace, text: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: course.origin,
    viewport: { width: 1440, height: 900 },
  });
  await context.addInitScript(
    ([draft, chosen]) => {
      // The programs' frame has no store.
      if (origin === 'null') return;
      localStorage.setItem('retained:draft:first-message/publish:publisher.ts', draft!);
      if (chosen === 'browser') sessionStorage.setItem('retained:room-place', chosen);
    },
    [text, place],
  );
  return context;
}

/** Kilobytes of what only a room in the page loads, as brotli. */
function kilobytes(paths: ReadonlySet<string>): number {
  const sizes = [...paths].map((path) => statSync(join(root, 'dist', `${path}.br`)).size);
  return sizes.reduce((sum, size) => sum + size, 0) / 1024;
}

interface Waits {
  visits: Visit[];
  loaded: Set<string>;
}
async function wait(place: RoomPlace, slow: number): Promise<Waits> {
  const done: Waits = { visits: [], loaded: new Set() };
  for (let n = 0; n < visits; n += 1) {
    now(`room ${where(place)}, visit ${n + 1} of ${visits}`);
    const context = await contextOf(place, program('solution'));
    context.on('request', (request) => {
      const { pathname } = new URL(request.url());
      if (pathname.startsWith('/vendor/room-')) done.loaded.add(pathname);
    });
    done.visits.push(await visit(context, `${course.origin}/en/first-message/`, RUNS, slow));
    await context.close();
  }
  return done;
}

async function busyPage(place: RoomPlace, rate: number, slow: number) {
  const context = await contextOf(place, busyProgram(rate));
  const page = await context.newPage();
  const lesson = new LessonPage(page);
  await lesson.open();
  await slowDown(page, slow);
  await lesson.run();
  const console = page.locator('.wb-console-lines');
  const heard = async (): Promise<Heard> =>
    lastHeard((await console.allTextContents()).join(' ')) ?? (await sleep(250), heard());
  await heard();
  return { page, heard, close: () => context.close() };
}
/** Messages a second that arrive, once the bursts that the limits allow are over. */
async function throughput(place: RoomPlace, slow: number): Promise<number> {
  now(`room ${where(place)}, ${MOST} messages a second`);
  const { heard, close } = await busyPage(place, MOST, slow);
  await sleep(share * 1000);
  const before = await heard();
  await sleep(share * 1000);
  const after = await heard();
  await close();
  return ((after.messages - before.messages) / (after.at - before.at)) * 1000;
}
/** Frames a second while the room is busy, and how much of the time the page's thread worked. */
async function steady(place: RoomPlace, slow: number) {
  now(`room ${where(place)}, ${BUSY} messages a second`);
  const { page, close } = await busyPage(place, BUSY, slow);
  const { frames, worstSecond, work } = await measure(page, () => sleep(share * 1000));
  await close();
  return { frames, worstSecond, work };
}
/** Heaps of a busy page: flat from where the trace, which keeps the last entries, is full. */
async function heaps(place: RoomPlace) {
  const { page, close } = await busyPage(place, BUSY, 1);
  const full = await heapAfter(page, 60_000);
  const end = await heapAfter(page, minutes * 60_000);
  await close();
  return { full, end };
}
/** The least of some readings: one collection of a busy worker leaves what was allocated meanwhile. */
async function heapAfter(page: Page, ms: number): Promise<string> {
  await sleep(ms);
  let [own, workers] = [Infinity, Infinity];
  for (let reading = 0; reading < READINGS; reading += 1) {
    const heap = await heapOf(page);
    own = Math.min(own, heap.page);
    workers = Math.min(workers, heap.workers);
    await sleep(5_000);
  }
  const mb = (bytes: number) => (bytes / 1024 / 1024).toFixed(1);
  return `${mb(own)} + ${mb(workers)} MB`;
}

const row = (title: string, ...cells: string[]) =>
  console.log(title.padEnd(44) + cells.map((cell) => cell.padStart(18)).join(''));
const ms = (list: Visit[], of: (visit: Visit) => number[]) =>
  `${Math.round(median(list.flatMap(of)))} ms`;

const heading = () => row('', ...PLACES.map(where));

/** @param slow how many times slower the page's processor is made */
async function speeds(slow: number): Promise<void> {
  console.log(`medians of ${visits} visits with ${RUNS} runs each`);
  console.log(slow === 1 ? '' : `the page’s processor slowed ${slow} times\n`);
  heading();
  const waits = [await wait('server', slow), await wait('browser', slow)];
  for (const name of ['message', 'green'] as const) {
    const title = name === 'message' ? 'first message' : 'every check green';
    const of = (runs: (visit: Visit) => Visit['runs']) =>
      waits.map((one) => ms(one.visits, (v) => runs(v).map((run) => run[name])));
    row(`Run → ${title}, first run`, ...of(({ runs }) => runs.slice(0, 1)));
    row(`Run → ${title}, later runs`, ...of(({ runs }) => runs.slice(1)));
    row('… the last of them', ...of(({ runs }) => runs.slice(-1)));
  }
  // Beside a room on the server they are loaded, too, in case it goes: not for the run.
  if (slow === 1) row('more to load, brotli', '–', `${kilobytes(waits[1]!.loaded).toFixed(1)} KB`);
  const through = [await throughput('server', slow), await throughput('browser', slow)];
  row(`messages a second, of ${MOST} attempted`, ...through.map((rate) => rate.toFixed(0)));
  const busy = [await steady('server', slow), await steady('browser', slow)];
  row(
    `frames a second at ${BUSY} messages a second`,
    ...busy.map(({ frames }) => frames.toFixed(1)),
  );
  row('… in the worst second', ...busy.map(({ worstSecond }) => String(worstSecond)));
  // Frames say how busy the machine is, too; this says what the page does.
  row('… work of the page’s thread', ...busy.map(({ work }) => `${(work * 100).toFixed(0)}%`));
}

try {
  const [cpu] = cpus();
  console.log(`\n${cpus().length} × ${cpu?.model.trim()}, Chromium ${browser.version()}, loopback`);
  const timed = async (part: string, measured: () => Promise<void>) => {
    const began = performance.now();
    await measured();
    console.log(`\n${part} took ${Math.round((performance.now() - began) / 1000)} s`);
  };
  if (isPart('speed'))
    await timed('speed', async () => {
      for (const slow of [1, 4]) await speeds(slow);
    });
  if (isPart('heap')) await timed('heap', heapOfBoth);
} finally {
  await browser.close();
  await course.end();
}

async function heapOfBoth(): Promise<void> {
  console.log(`\n${BUSY} messages a second, both at the same time\n`);
  heading();
  const busy = await Promise.all(PLACES.map(heaps));
  row('heap of page + workers, trace full', ...busy.map(({ full }) => full));
  row(`heap of page + workers, ${minutes} minutes later`, ...busy.map(({ end }) => end));
}
