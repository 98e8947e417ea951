/** The same text as a page of a stock Starlight, built and served. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright';
import sirv from 'sirv';
import { compressSite } from '../../scripts/compress-site.ts';
import { astroBuild, folder } from './tools.ts';

/** A page of the course as Markdown: its headings, paragraphs, lists and code, in order. */
export async function textOf(page: Page, url: string): Promise<{ title: string; text: string }> {
  await page.goto(url);
  const title = await page.locator('h1').first().innerText();
  const text = await page.locator('.prose').evaluate((prose) => {
    const lines: string[] = [];
    const plain = (one: Element) =>
      (one.textContent ?? '')
        .replace(/\s+/g, ' ')
        .trim()
        .replace(/[<>{}*_`#\\[\]]/g, '\\$&');
    for (const one of prose.querySelectorAll('h2, h3, p, li, pre, dt, dd')) {
      if (one.tagName !== 'PRE' && one.closest('pre, li li, li p, mqtt-workbench')) continue;
      if (one.tagName === 'PRE') lines.push(`\`\`\`ts\n${one.textContent}\n\`\`\``);
      else if (one.tagName === 'H2') lines.push(`## ${plain(one)}`);
      else if (one.tagName === 'H3') lines.push(`### ${plain(one)}`);
      else if (one.tagName === 'LI') lines.push(`- ${plain(one)}`);
      else if (plain(one)) lines.push(plain(one));
    }
    return lines.join('\n\n');
  });
  return { title, text };
}

/** Only Starlight's required options. */
export async function buildStarlight(lesson: { title: string; text: string }): Promise<string> {
  const docs = join(folder, 'src', 'content', 'docs');
  rmSync(join(folder, 'src'), { recursive: true, force: true });
  rmSync(join(folder, 'dist'), { recursive: true, force: true });
  mkdirSync(docs, { recursive: true });
  writeFileSync(
    join(folder, 'astro.config.mjs'),
    `import { defineConfig } from 'astro/config';
import starlight from '@astrojs/starlight';
export default defineConfig({ integrations: [starlight({ title: 'Course' })] });
`,
  );
  writeFileSync(
    join(folder, 'src', 'content.config.ts'),
    `import { defineCollection } from 'astro:content';
import { docsLoader } from '@astrojs/starlight/loaders';
import { docsSchema } from '@astrojs/starlight/schema';
export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
`,
  );
  const page = (title: string, text: string) =>
    `---\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(title)}\n---\n\n${text}\n`;
  writeFileSync(join(docs, 'index.md'), page('Course', 'Welcome.'));
  writeFileSync(join(docs, 'lesson.md'), page(lesson.title, lesson.text));
  await astroBuild('Building the same text with Starlight', folder, folder);
  const site = join(folder, 'dist');
  await compressSite(site);
  return site;
}

/** As the course serves its pages: compressed copies, no policy that Starlight could break. */
export async function serveStatic(site: string): Promise<{ origin: string; close(): void }> {
  const pages = sirv(site, { brotli: true, gzip: true, etag: true });
  const server = createServer((request, response) =>
    pages(request, response, () => void response.writeHead(404).end()),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { origin: `http://localhost:${port}`, close: () => server.close() };
}
