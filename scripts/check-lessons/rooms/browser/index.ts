/**
 * Rooms in a browser, each in a Web Worker as a page has it: the built script, with the page's own
 * implementation around it. One empty page holds them all.
 */
import { createReadStream, mkdirSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import { WebSocketServer, type WebSocket } from 'ws';
import { launchOptions } from '../../../../e2e/browser.ts';
import { WorkerRoom } from '../../../../src/workbench/room/worker-room.ts';
import { buildIfStale } from '../../../stale.ts';
import { buildRoomWorker } from '../../../vendor/room-worker.ts';
import { pageRoom } from '../page-room.ts';
import type { RoomSource } from '../room-under-test.ts';
import { serveWorkers } from './page.ts';
import { workersOver } from './workers.ts';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = join('.retained', 'lessons', 'room-worker');

/** Many begin at once, on a machine that does much else. */
const ASK_MS = 30_000;
/** The solution, and one in so many of the other sets. */
const SAMPLE = 16;

/** Undefined if no browser starts here. */
export async function browserWorkers(): Promise<RoomSource | undefined> {
  const browser = await chromium.launch(launchOptions()).catch(() => undefined);
  if (!browser) return undefined;
  await built();
  const server = createServer(({ url = '' }, response) => {
    const isScript = url.endsWith('.js');
    response.writeHead(200, { 'Content-Type': isScript ? 'text/javascript' : 'text/html' });
    if (!isScript) response.end('<!doctype html><title>rooms</title>');
    else
      createReadStream(join(root, folder, basename(url)))
        .on('error', () => response.destroy())
        .pipe(response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  const connected = new Promise<WebSocket>((resolve) => sockets.once('connection', resolve));
  const page = await browser.newPage();
  await page.goto(`http://${host}/`);
  await page.evaluate(serveWorkers, { socket: `ws://${host}`, script: '/room.js' });
  const createWorker = workersOver(await connected);
  return {
    name: 'browser worker',
    overTcp: false,
    sample: (folder, index) => folder === 'solution' || index % SAMPLE === SAMPLE / 2,
    open: (exercise, _, files) =>
      pageRoom(new WorkerRoom({ exercise, createWorker, askEveryMs: ASK_MS }), files),
    async close() {
      await browser.close();
      server.closeAllConnections();
      server.close();
    },
  };
}

async function built(): Promise<void> {
  const output = join(folder, 'room.js');
  const inputs = ['sandbox', 'lessons', 'src/workbench/room-worker', 'scripts/vendor', 'package-lock.json']; // prettier-ignore
  await buildIfStale({ root, inputs, output, stamp: `${folder}.stamp` }, async () => {
    mkdirSync(join(root, folder), { recursive: true });
    await buildRoomWorker(root, join(root, folder));
  });
}
