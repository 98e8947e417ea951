/**
 * The service worker's part for live exercises without a network: the editor, the programs' runtime
 * and the room, kept if the reader asks for it. What an older version of the site needs stays until no
 * page of it is open.
 */
/// <reference lib="webworker" />
import type { Kept } from './kept.ts';
import type { LiveState, LiveWish } from './live-messages.ts';

declare const self: ServiceWorkerGlobalScope;
declare const KEPT: Kept;

const BASE = new URL('./', self.location.href).pathname;
/** It exists from the moment that the reader asks. */
const LIVE = `retained-live:${BASE}`;
const sizes = new Map(KEPT.live);
const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0);

const pathOf = (request: Request) => new URL(request.url).pathname;
const keptPaths = async (cache: Cache) => new Set((await cache.keys()).map(pathOf));

/** What is kept of `path`, if the reader has asked for it. */
export async function keptLive(path: string): Promise<Response | undefined> {
  return (await caches.has(LIVE)) ? (await caches.open(LIVE)).match(path) : undefined;
}

/** A file of the vendor folder: its name says what is in it. */
export async function vendorFile(request: Request): Promise<Response> {
  return (await keptLive(pathOf(request))) ?? fetch(request);
}

/** `<vendor folder of the device>/kept-frame.html`, which no host has. */
export const isKeptFrame = (path: string): boolean => /\/kept-frame\.html$/.test(path);

/**
 * The programs' frame in one piece. Neither a frame with the attribute `sandbox` nor what it loads is
 * asked of a service worker, so this one is sandboxed by its policy and holds its script.
 */
export async function keptFrame(path: string): Promise<Response> {
  const script = await keptLive(path.replace(/kept-frame\.html$/, 'frame.js'));
  if (!script) return Response.error();
  const nonce = crypto.randomUUID();
  const text = (await script.text()).replaceAll('</script', '<\\/script');
  const html = `<!doctype html><title>Retained</title><script nonce="${nonce}">${text}</script>`;
  const policy = [
    'sandbox allow-scripts',
    "default-src 'none'",
    `script-src 'nonce-${nonce}' data:`,
    'worker-src data:',
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors *',
  ].join('; ');
  const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': policy };
  return new Response(html, { headers });
}

/** A new version: what it needs is there before its pages are, if the reader has asked once. */
export async function updateLive(): Promise<void> {
  if (!(await caches.has(LIVE)) || savesData()) return;
  // The pages can be read without it: a failure here must not keep the new version away.
  await keepLive(() => {}).catch(() => {});
}
const savesData = () =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;

/** No page of an older version is open any more. */
export async function dropOldLive(): Promise<void> {
  if (!(await caches.has(LIVE))) return;
  const cache = await caches.open(LIVE);
  const old = (await cache.keys()).filter((request) => !sizes.has(pathOf(request)));
  await Promise.all(old.map((request) => cache.delete(request)));
}

/** Does what the page's reader wishes; the port hears how far it is, and at last how it ended. */
export async function handleLiveWish(wish: LiveWish, port: MessagePort): Promise<void> {
  const say = (state: LiveState) => port.postMessage(state);
  try {
    if (wish === 'forget') await caches.delete(LIVE);
    if (wish === 'keep') await keepLive((bytes) => say({ state: 'keeping', bytes, total }));
    say(await stateNow());
  } catch {
    say({ state: 'failed', total });
  }
}

async function stateNow(): Promise<LiveState> {
  if (!(await caches.has(LIVE))) return { state: 'none', total };
  const kept = await keptPaths(await caches.open(LIVE));
  const all = [...sizes.keys()].every((path) => kept.has(path));
  return { state: all ? 'kept' : 'part', total };
}

/** Fetches what is missing, one after the other. @throws TypeError if one can't be had */
async function keepLive(onProgress: (bytes: number) => void): Promise<void> {
  const cache = await caches.open(LIVE);
  const kept = await keptPaths(cache);
  let done = 0;
  for (const [path, bytes] of sizes) {
    if (!kept.has(path)) await cache.add(new Request(path, { priority: 'low' }));
    done += bytes;
    onProgress(done);
  }
}
