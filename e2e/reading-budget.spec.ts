/** What a lesson weighs before its editor is asked for: the figures of the course's own promise. */
import { expect, test } from './course.ts';

const mostScript = 11 * 1024;
/** Bytes of each page in all. They were measured at 249a6ce3, before the workbench became a stage. */
const mostAll = {
  '/en/first-message/': 28_632,
  '/zh-tw/first-message/': 30_092,
  '/en/': 19_459,
  '/zh-tw/glossary/': 18_704,
};

type Get = (path: string) => Promise<{ text: string; bytes: number }>;

/** All that a page loads by itself: its own bytes, and by path those of its styles and scripts. */
async function weigh(get: Get, page: string) {
  const html = await get(page);
  const found = (pattern: RegExp) => [...html.text.matchAll(pattern)].map(([, path]) => path!);
  const styles = found(/<link[^>]+rel="stylesheet"[^>]*href="([^"]+)"/g);
  const icons = found(/<link[^>]+rel="icon"[^>]*href="([^"]+)"/g);
  const pictures = found(/<img[^>]+src="([^"]+)"/g);
  const scripts = new Set(found(/<script[^>]+src="([^"]+)"/g));
  const sizes = new Map<string, number>();
  // Static imports come with the script that has them; dynamic ones when they are asked for.
  for (const path of scripts) {
    const { text, bytes } = await get(path);
    sizes.set(path, bytes);
    for (const [, other] of text.matchAll(/(?:from|import)\s*"(\.{0,2}\/[^"]+)"/g))
      scripts.add(new URL(other!, `http://x${path}`).pathname);
  }
  const script = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  let all = html.bytes + script;
  for (const path of [...styles, ...icons, ...pictures]) all += (await get(path)).bytes;
  return { html: html.bytes, script, all, scripts: sizes.size, styles: styles.length };
}

for (const [page, most] of Object.entries(mostAll)) {
  test(`${page} is at most 11 KB of script and ${most} bytes in all, as it is sent`, async ({
    request,
  }) => {
    const weight = await weigh(async (path) => {
      const plain = await request.get(path);
      expect(plain.ok(), path).toBe(true);
      // What is sent: the compressed copy if there is one.
      const sent = await fetch(plain.url(), { headers: { 'accept-encoding': 'br' } });
      const length = Number(sent.headers.get('content-length'));
      await sent.arrayBuffer();
      expect(length, `the length of ${path}`).toBeGreaterThan(0);
      return { text: await plain.text(), bytes: length };
    }, page);
    console.log(page, weight);
    expect(weight.scripts).toBeGreaterThan(0);
    // In the page itself: no round trip before the first paint.
    expect(weight.styles).toBe(0);
    expect(weight.script).toBeLessThanOrEqual(mostScript);
    expect(weight.all).toBeLessThanOrEqual(most);
  });
}
