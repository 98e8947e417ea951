/** Nothing is loaded from any other host: every page as it is built, and each kind of page in use. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, watch } from './course.ts';
import { program } from './lesson-page.ts';
import { WorkbenchPage } from './workbench-page.ts';

/** What makes a browser ask for something by itself; links that a person follows are not among it. */
const LOADS = [
  /<(?:script|img|iframe|source|video|audio|embed|track|input)\b[^>]*?\s(?:src|poster)="([^"]*)"/g,
  /<(?:img|source)\b[^>]*?\ssrcset="([^"]*)"/g,
  /<object\b[^>]*?\sdata="([^"]*)"/g,
  /<(?:use|image)\b[^>]*?\s(?:xlink:)?href="([^"]*)"/g,
  /url\(\s*["']?([^)"']+)/g,
  /@import\s+["']([^"']+)/g,
];
/** `canonical` and `alternate` only tell; every other link is followed by the browser. */
const LINK = /<link\b[^>]*>/g;
const TOLD = /rel="(?:canonical|alternate)"/;

function loadsElsewhere(text: string): string[] {
  const links = [...text.matchAll(LINK)].map(([link]) => link).filter((link) => !TOLD.test(link));
  const asked = [
    ...LOADS.flatMap((pattern) => [...text.matchAll(pattern)].map(([, address]) => address!)),
    ...links.map((link) => /\shref="([^"]*)"/.exec(link)?.[1] ?? ''),
  ];
  return asked.filter((address) => /(?:^|[\s,])(?:[a-z][a-z\d+.-]*:)?\/\//i.test(address));
}

test('what would be loaded from elsewhere is seen in a page’s text', () => {
  const bad = [
    '<script type="module" src="https://elsewhere.test/a.js"></script>',
    '<img alt="" srcset="/a.png 1x, //elsewhere.test/b.png 2x">',
    '<link rel="preconnect" href="https://elsewhere.test">',
    '<link rel="stylesheet" href="//elsewhere.test/a.css">',
    '<style>@font-face{src:url(https://elsewhere.test/f.woff2)}</style>',
    '<style>@import "https://elsewhere.test/a.css"</style>',
    '<svg><use href="https://elsewhere.test/a.svg#b"/></svg>',
  ];
  for (const html of bad) expect(loadsElsewhere(html), html).toHaveLength(1);
  const good = [
    '<a href="https://mqtt.org/">mqtt.org</a>',
    '<link rel="canonical" href="https://course.test/en/">',
    '<img src="/a.png"><svg xmlns="http://www.w3.org/2000/svg">',
    '<link rel="icon" href="/favicon.svg"><style>a{background:url(#b)}</style>',
  ];
  for (const html of good) expect(loadsElsewhere(html), html).toEqual([]);
});

test('no page, style or picture that was built loads from elsewhere', () => {
  const site = process.env['RETAINED_E2E_SITE']!;
  const files = readdirSync(site, { recursive: true, encoding: 'utf8' });
  const read = files.filter((name) => /\.(?:html|css|svg|webmanifest)$/.test(name));
  expect(read.filter((name) => name.endsWith('.html')).length).toBeGreaterThan(20);
  const found = read.flatMap((name) =>
    loadsElsewhere(readFileSync(join(site, name), 'utf8')).map((address) => `${name}: ${address}`),
  );
  expect(found).toEqual([]);
});

test('the watch sees a request that leaves the origin', async ({ browser, course }) => {
  // Without the policy, which would stop it before it is one.
  const context = await browser.newContext({ baseURL: course.origin, bypassCSP: true });
  const seen = watch(context, course.origin);
  const page = await context.newPage();
  await page.goto('/en/glossary/');
  const asked = page.waitForEvent('requestfailed');
  await page.evaluate(() => {
    document.body.append(
      Object.assign(new Image(), { src: 'http://elsewhere.invalid/picture.png' }),
    );
  });
  await asked;
  expect(seen.elsewhere).toEqual(['http://elsewhere.invalid/picture.png']);
  await context.close();
});

/** The fixture `watched` judges each of these when it ends: requests, WebSockets, broken policies. */
for (const language of ['en', 'zh-tw'] as const) {
  test(`${language}: pages for reading, with what opens in them, ask nobody else`, async ({
    page,
  }) => {
    for (const path of ['', 'glossary/', 'progress/', 'part/meet/', 'teach/', 'no-such-page/']) {
      await page.goto(`/${language}/${path}`, { waitUntil: 'networkidle' });
      await page.keyboard.press('/');
      await page.keyboard.insertText('broker');
      await expect(page.getByRole('option').first()).toBeVisible();
    }
    await page.goto(`/${language}/`);
    await page.locator('live-message button').click();
    await expect(page.locator('live-message')).toHaveAttribute('data-sent', '');
  });

  test(`${language}: the editor, a run and what it leads to ask nobody else`, async ({ page }) => {
    const lesson = new WorkbenchPage(page, language);
    await lesson.open();
    // Completion and hover come from the editor's own language service.
    await lesson.write('const n: number = 1;\nn.');
    await page.keyboard.press('Control+Space');
    await expect(lesson.editor.locator('.suggest-widget')).toBeVisible();
    await page.keyboard.press('Escape');
    await lesson.write(program('solution'));
    await lesson.run();
    await lesson.expectAllTrue();
    await lesson.more('solution.open');
    // It takes the focus, and with it whatever menu is open.
    await expect(lesson.workbench.locator('.wb-solution')).toBeVisible();
    await lesson.more('share');
    const download = page.waitForEvent('download');
    await lesson.more('download.local');
    await download;
  });
}

test('a lesson printed asks nobody else', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => dispatchEvent(new Event('beforeprint'));
  });
  await page.goto('/en/first-message/');
  await page.getByRole('button', { name: 'Print this lesson' }).click();
  await expect(page.locator('.live-address svg')).toHaveCount(1);
});
