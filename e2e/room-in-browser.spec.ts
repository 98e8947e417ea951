/** A room with its engine in a worker of a real browser: the script of `sandbox/room/browser.test.ts`. */
import { expect, test, type Page } from '@playwright/test';
import type * as Entry from '../sandbox/testing/browser/room.ts';
import { bundle } from '../sandbox/testing/browser/bundle.ts';

let code: string;
test.beforeAll(async () => {
  code = await bundle();
});

/** Calls an export of the script in a worker of an empty page, and resolves to what it returns. */
async function inWorker<Name extends keyof typeof Entry>(
  page: Page,
  name: Name,
  ...values: Parameters<(typeof Entry)[Name]>
): Promise<{ result: Awaited<ReturnType<(typeof Entry)[Name]>>; ofNode: string[] }> {
  const call = `entry[${JSON.stringify(name)}](...${JSON.stringify(values)})`;
  const worker = `${code}
const ofNode = () => ['process', 'Buffer', 'setImmediate', 'global'].filter((name) => name in self);
const before = ofNode();
${call}.then(
  (result) => postMessage({ result, ofNode: [...before, ...ofNode()] }),
  (error) => postMessage({ failed: String(error) }),
);`;
  // Not a secure origin: a course in a school's network has none.
  await page.route('http://course.test/**', (route) => {
    const isPage = new URL(route.request().url()).pathname === '/';
    return route.fulfill(
      isPage
        ? { contentType: 'text/html', body: '<!doctype html><title>empty</title>' }
        : { contentType: 'text/javascript', body: worker },
    );
  });
  await page.goto('http://course.test/');
  return page.evaluate(
    () =>
      new Promise<never>((resolve, reject) => {
        const worker = new Worker('/worker.js', { type: 'module' });
        worker.onerror = (event) => reject(new Error(event.message));
        worker.onmessage = ({ data }) =>
          data.failed === undefined ? resolve(data as never) : reject(new Error(data.failed));
      }),
  );
}

test("an exercise is passed by its own solution, without Node's globals", async ({ page }) => {
  const { result, ofNode } = await inWorker(page, 'pass');
  expect(result.map(({ state }) => state)).toEqual(['true', 'true', 'true']);
  expect(ofNode).toEqual([]);
});

test('turns of the event loop are not clamped to 4 ms as nested timers are', async ({ page }) => {
  const timers = 100;
  const { result } = await inWorker(page, 'turnsWhile', timers);
  expect(result).toBeGreaterThan(5 * timers);
});

test('PINGREQ renews the keep alive, and a silent client is closed', async ({ page }) => {
  const { result } = await inWorker(page, 'keepAlive');
  expect(result).toEqual({ pinging: true, silent: false });
});
