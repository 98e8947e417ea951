/** A host of plain files that knows nothing of the course, below a path. */
import { createServer } from 'node:http';
import { mkdirSync, readFileSync, rmdirSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { buildStatic } from '../scripts/build-static.ts';
import { root } from '../scripts/build.ts';

export const BASE = '/any/path/';
/** The public name that it is built for; nothing may ask it. */
export const siteName = 'https://mqtt.example.org';
/** Where the site is built, with the pages of packages, once `staticOrigin` is there. */
export const staticFolder = join(root, '.retained', 'static');

export const types: Record<string, string> = {
  '.css': 'text/css',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.json': 'application/json',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.ttf': 'font/ttf',
  '.webmanifest': 'application/manifest+json',
};

/** Builds the site once, however many workers need it. */
export async function built(): Promise<void> {
  const lock = `${staticFolder}.lock`;
  mkdirSync(join(root, '.retained'), { recursive: true });
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      // A run that was stopped has left it.
      if (Date.now() - (statSync(lock, { throwIfNoEntry: false })?.mtimeMs ?? 0) > 300_000)
        rmdirSync(lock);
      await sleep(200);
    }
  }
  try {
    // A site with a public name says more in its pages: addresses, pictures of shared links.
    process.env['RETAINED_SITE'] = siteName;
    await buildStatic(BASE, staticFolder, true);
  } finally {
    rmdirSync(lock);
  }
}

/**
 * As the plainest of hosts: no header but the type, and the 404 page for what isn't there.
 * @param port 0: any free one
 */
export async function hostOf(folder: string, port = 0) {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url!, 'http://host');
    const path = normalize(decodeURI(pathname)).slice(BASE.length);
    const file = join(folder, path.endsWith('/') || path === '' ? `${path}index.html` : path);
    const there = pathname.startsWith(BASE) && statSync(file, { throwIfNoEntry: false })?.isFile();
    const sent = there ? file : join(folder, '404.html');
    response.writeHead(there ? 200 : 404, { 'Content-Type': types[extname(sent)] ?? '' });
    response.end(readFileSync(sent));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const bound = (server.address() as AddressInfo).port;
  return {
    origin: `http://localhost:${bound}`,
    port: bound,
    end() {
      server.closeAllConnections();
      server.close();
    },
  };
}
