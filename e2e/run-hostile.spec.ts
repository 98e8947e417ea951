/** Programs that mean to freeze the page: it answers, and Stop is heard, whatever they do. */
import { expect, test } from './course.ts';
import { LessonPage } from './lesson-page.ts';

/** Nobody waits longer than this without noticing. */
const soon = 300;

const forever = (printed: string) => `for (;;) console.log(${printed});\n`;
const hostile: Record<string, string> = {
  'Chinese, 100,000 characters a line': forever("'這是很長的一行。'.repeat(12_500)"),
  'right to left': forever("'שלום עולם '.repeat(10_000)"),
  emoji: forever("'👩‍👩‍👧‍👦🏳️‍🌈'.repeat(6_000)"),
  'combining characters': forever("'z' + '\\u0301'.repeat(100_000)"),
  'line breaks': forever("'\\n'.repeat(8_000)"),
  words: forever("'word '.repeat(1_600)"),
  groups: "for (;;) { console.group('g'); console.log('a\\n'.repeat(4_000)); }\n",
  'errors of many lines': forever("new Error('line\\n'.repeat(20_000))"),
  'an object of the library': `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
${forever('client')}`,
  'faces with names and units of megabytes': `import { gauge, lamp } from 'device';
const long = 'x'.repeat(1_000_000);
for (let i = 0; i < 6; i += 1) {
  lamp(long);
  gauge('g', { unit: Array.from({ length: 3_000_000 }, () => ({})) as unknown as string });
}
for (;;) console.log(long);
`,
  'junk on the port': `for (const prototype of [MessageEvent.prototype, Map.prototype]) {
  const key = prototype === MessageEvent.prototype ? 'data' : Symbol.iterator;
  const junk = Array.from({ length: 1_000_000 }, () => ({}));
  try {
    Object.defineProperty(prototype, key, {
      get() {
        this.target?.postMessage(junk);
        return function* () {
          yield [1, junk];
        };
      },
    });
  } catch {
    console.log('refused');
  }
}
setInterval(() => console.log('x'), 1);
`,
};

for (const [name, program] of Object.entries(hostile)) {
  test(`the page answers: ${name}`, async ({ page }) => {
    const lesson = new LessonPage(page);
    await lesson.open();
    // What a loop that prints nothing costs: a machine that has other work to do stalls the page too.
    await lesson.write('for (;;);\n');
    await lesson.run();
    await lesson.expectState('running');
    const calm = Math.max(...(await page.evaluate(longestStalls, 2_000)));
    await lesson.button('stop').click();
    await lesson.write(program);
    await lesson.run();
    await lesson.expectState('running');
    const stalls = await page.evaluate(longestStalls, 4_000);
    const heard = page.evaluate(untilStopped, lesson.words['workbench.state.stopped']!);
    await lesson.button('stop').click();
    expect(await heard, 'Stop').toBeLessThan(soon + calm);
    expect(Math.max(...stalls), 'longest stall').toBeLessThan(soon + calm);
    await lesson.expectState('stopped');
  });
}

test('a PUBLISH of hundreds of megabytes is refused in the worker', async ({ page }) => {
  const lesson = new LessonPage(page);
  await lesson.open();
  await lesson.write(`import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost');
for (let i = 0; i < 8; i += 1) client.publish('a', 'x'.repeat(260_000_000));
`);
  await lesson.run();
  const stalls = page.evaluate(longestStalls, 5_000);
  await expect(lesson.output).toContainText('it sent more than the page can take in');
  await lesson.expectState('failed');
  expect(Math.max(...(await stalls)), 'longest stall').toBeLessThan(soon);
});

test('what is left out of a long line and of many lines is said', async ({ page }) => {
  const lesson = new LessonPage(page, 'zh-tw');
  await lesson.open();
  await lesson.write(
    "console.log('字'.repeat(100_000));\nfor (let i = 0; i < 300; i += 1) console.log(i);\n",
  );
  await lesson.run();
  await expect(lesson.output).toContainText('……略過 201 行');
  const rest = lesson.output.getByRole('button', { name: '個字元' });
  await expect(lesson.output).not.toContainText('……還有 91,900 個字元');
  await rest.click();
  await expect(lesson.output).toContainText('……還有 91,900 個字元');
  await expect(rest).toHaveCount(0);
});

/** In the page: how late a timer of 20 ms is, each time. */
function longestStalls(during: number): Promise<number[]> {
  return new Promise((resolve) => {
    const stalls: number[] = [];
    let last = performance.now();
    const timer = setInterval(() => {
      stalls.push(performance.now() - last - 20);
      last = performance.now();
    }, 20);
    setTimeout(() => {
      clearInterval(timer);
      resolve(stalls);
    }, during);
  });
}

/** In the page: from the press of the button to the word that says so. */
function untilStopped(word: string): Promise<number> {
  return new Promise((resolve) => {
    const state = document.querySelector('.wb-state')!;
    let pressed = 0;
    addEventListener('click', (event) => (pressed = event.timeStamp), {
      capture: true,
      once: true,
    });
    new MutationObserver(() => {
      if (state.textContent === word) resolve(performance.now() - pressed);
    }).observe(state, { childList: true, characterData: true, subtree: true });
  });
}
