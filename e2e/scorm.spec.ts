/**
 * A part of the course in a learning platform: the zip that `npm run build:scorm` writes, unpacked below
 * a path that nobody knew, in a sandboxed frame, behind a cookie, beside scorm-again as the platform.
 */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { unzipSync } from 'fflate';
import { exercisesIn, filesOf, parts, zipOf } from '../scripts/scorm/package.ts';
import { writeInFrame } from './framed-editor.ts';
import { program, wordsOf } from './lesson-page.ts';
import { BASE, expect, staticFolder, test as base, types } from './static-course.ts';

const words = wordsOf('zh-tw');
const choice = { part: 'meet', language: 'zh-tw' } as const;
const place = '/pluginfile.php/7/mod_scorm/content/1/';
const scormAgain = fileURLToPath(import.meta.resolve('scorm-again/scorm12/min'));

/** Keeps an attempt in the browser, as a platform does in its database. */
const platform = (origin: string) => `<!doctype html><title>Platform</title>
<link rel="icon" href="data:,"><script type="module">
import { Scorm12API } from '/scorm12.js';
window.API = new Scorm12API({ autocommit: false, logLevel: 5 });
const kept = localStorage.getItem('attempt');
if (kept) API.loadFromJSON(JSON.parse(kept).cmi);
else API.loadFromJSON({ core: { student_id: 'anna', student_name: 'Lin, Anna' } });
window.calls = [];
for (const call of ['LMSInitialize', 'LMSSetValue', 'LMSCommit', 'LMSFinish'])
  API.on(call, (element, value) => {
    calls.push([call, element, value].filter(Boolean).join(' '));
    localStorage.setItem('attempt', JSON.stringify(API.renderCMIToJSONObject()));
    localStorage.setItem('calls', calls.join('\\n'));
  });
const frame = document.createElement('iframe');
frame.sandbox = 'allow-scripts allow-same-origin';
frame.style = 'width: 100%; height: 900px';
frame.src = '${origin}${place}index.html';
document.body.append(frame);
</script>`;

const test = base.extend<{ lms: string; files: Record<string, Uint8Array> }>({
  files: async ({ staticOrigin }, use) => {
    expect(staticOrigin).toBeTruthy();
    const files = filesOf({ folder: staticFolder, base: BASE }, choice);
    await use(unzipSync(zipOf(files, choice)));
  },
  lms: async ({ files }, use) => {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url!, 'http://host');
      const send = (type: string, body: string | Uint8Array, cookie = {}) =>
        response.writeHead(200, { 'Content-Type': type, ...cookie }).end(body);
      if (pathname === '/lms')
        return send('text/html', platform(''), {
          'Set-Cookie': 'session=anna; HttpOnly; SameSite=Lax',
        });
      if (pathname === '/scorm12.js') return send('text/javascript', readFileSync(scormAgain));
      const file = pathname.startsWith(place) ? files[pathname.slice(place.length)] : undefined;
      const isKnown = request.headers.cookie === 'session=anna';
      if (isKnown && file) return send(types[extname(pathname)] ?? '', file);
      return response.writeHead(isKnown ? 404 : 403).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    server.closeAllConnections();
    server.close();
  },
  watchedOrigin: ({ lms }, use) => use(lms),
});

test('every part makes a package in both languages, with nothing outside of it', ({
  staticOrigin,
}) => {
  expect(staticOrigin).toBeTruthy();
  for (const { id: part } of parts)
    for (const language of ['en', 'zh-tw'] as const) {
      // Throws if a page needs what is not in the package, or holds an address of the site.
      const files = filesOf({ folder: staticFolder, base: BASE }, { part, language });
      expect([...files.keys()]).toContain('index.html');
    }
});

test('a passed exercise is reported, and the next visit goes on', async ({ page, lms, files }) => {
  const missing: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) missing.push(response.url());
  });
  const exercises = exercisesIn(new TextDecoder().decode(files['index.html']));
  const score = (passed: number) => String(Math.round((100 * passed) / exercises.length));
  const attempt = () =>
    page.evaluate(() => JSON.parse(localStorage.getItem('attempt') ?? '{}').cmi as Cmi);
  await page.goto(`${lms}/lms`);
  const part = page.frameLocator('iframe');
  const lesson = part.frameLocator('iframe[name=lesson]');
  await expect(part.getByRole('status')).toHaveText('你完成的練習會回報給學習平台。');
  await expect(lesson.getByRole('heading', { level: 1 })).toHaveText('你的第一則訊息');
  expect((await attempt()).core).toMatchObject({
    lesson_status: 'incomplete',
    score: { raw: '0' },
  });

  await writeInFrame(page, lesson, program('solution'));
  await lesson.getByRole('button', { name: words['workbench.run']!, exact: true }).click();
  await expect(part.locator('[data-passed]')).toHaveText(`完成 1／${exercises.length} 個練習`);
  await expect(part.getByRole('link', { name: '你的第一則訊息' })).toHaveAttribute('data-done');
  expect((await attempt()).core.score.raw).toBe(score(1));

  await lesson.getByRole('link', { name: '發布與訂閱' }).last().click();
  await expect(lesson.getByRole('heading', { level: 1 })).toHaveText('發布與訂閱');
  await expect(part.locator('[aria-current=page]')).toContainText('發布與訂閱');

  // The window closes, and somebody comes again.
  await page.goto('about:blank');
  await page.goto(`${lms}/lms`);
  await expect(lesson.getByRole('heading', { level: 1 })).toHaveText('發布與訂閱');
  await expect(part.locator('[data-passed]')).toHaveText(`完成 1／${exercises.length} 個練習`);
  const cmi = await attempt();
  expect(cmi.core).toMatchObject({ lesson_status: 'incomplete', score: { raw: score(1) } });
  expect(JSON.parse(cmi.suspend_data)).toEqual({ v: 1, passed: ['first-message/publish'] });
  expect(missing).toEqual([]);
});

interface Cmi {
  core: { lesson_status: string; score: { raw: string } };
  suspend_data: string;
}
