/** One exercise in somebody else's page: on another origin, as narrow as 480 px, and as wide as it gets. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FrameLocator } from '@playwright/test';
import { expect, giveSign, test as serverTest, watch } from './course.ts';
import { writeInFrame } from './framed-editor.ts';
import { program, wordsOf } from './lesson-page.ts';
import { test as staticTest } from './static-course.ts';

const words = wordsOf('en');

/** A teacher's page on an origin of its own, with the exercise in a frame. */
interface TeachersPage {
  /** @param src of the frame, `width` a length of CSS */
  teachersPage(src: string, width: string): Promise<FrameLocator>;
}
function withTeacher(base: typeof serverTest) {
  return base.extend<TeachersPage>({
    // Two origins are right here, and no third.
    watched: async ({ context, watchedOrigin }, use) => {
      await context.addInitScript(giveSign);
      const seen = watch(context, watchedOrigin);
      await use();
      expect(seen.elsewhere.map((url) => new URL(url).pathname)).toEqual(['/mine.html']);
      expect(seen.errors).toEqual([]);
    },
    teachersPage: async ({ page }, use) => {
      let html = '';
      const server = createServer((_, response) => {
        response.writeHead(200, { 'Content-Type': 'text/html' }).end(html);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as AddressInfo;
      await use(async (src, width) => {
        const icon = '<link rel="icon" href="data:,">';
        html = `<!doctype html><title>Mine</title>${icon}<iframe src="${src}" style="width:${width};height:900px"></iframe>`;
        await page.goto(`http://127.0.0.1:${port}/mine.html`);
        return page.frameLocator('iframe');
      });
      server.closeAllConnections();
      server.close();
    },
  });
}

for (const [home, run] of [
  ['its broker on the server', withTeacher(serverTest)],
  ['its broker in the page', withTeacher(staticTest as unknown as typeof serverTest)],
] as const) {
  run.describe(home, () => {
    for (const width of ['480px', '100%']) {
      run(
        `the exercise passes in another site’s frame of ${width}`,
        async ({ page, baseURL, teachersPage }) => {
          const src = new URL('embed/first-message/publish/', `${baseURL!.replace(/\/$/, '')}/`)
            .href;
          const frame = await teachersPage(src, width);
          await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Your first message');
          await expect(frame.locator('.site-header')).toHaveCount(0);
          await expect(frame.locator('mqtt-workbench')).toHaveCount(1);
          await expect(frame.getByRole('link', { name: 'lesson' })).toHaveAttribute(
            'href',
            /\/en\/first-message\/$/,
          );
          await writeInFrame(page, frame, program('solution'));
          await frame.getByRole('button', { name: words['workbench.run']!, exact: true }).click();
          for (const id of ['connected', 'published', 'delivered'])
            await expect(frame.locator(`[data-check="${id}"]`)).toHaveAttribute(
              'data-state',
              'true',
            );
          const { scrollWidth, clientWidth } = await frame
            .locator('html')
            .evaluate(({ scrollWidth, clientWidth }) => ({ scrollWidth, clientWidth }));
          expect(scrollWidth, 'nothing sticks out').toBeLessThanOrEqual(clientWidth);
        },
      );
    }
  });
}

serverTest('no other page of the course can be framed', async ({ request }) => {
  const policy = async (path: string) =>
    (await request.get(path)).headers()['content-security-policy'];
  expect(await policy('/embed/zh-tw/first-message/publish/')).toContain('frame-ancestors *');
  expect(await policy('/en/first-message/')).toContain("frame-ancestors 'none'");
  expect(await policy('/embed/no-such-page/')).toContain("frame-ancestors 'none'");
});
