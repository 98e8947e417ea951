/**
 * The service worker: pages are read from the network, and from what was kept where there is none.
 * It never waits for its turn to be taken over by force: a new one starts when the last page of the
 * old one is closed, so an open page keeps the scripts that it was built with.
 */
/// <reference lib="webworker" />
import type { Kept } from './kept.ts';
import {
  dropOldLive,
  handleLiveWish,
  isKeptFrame,
  keptFrame,
  keptLive,
  updateLive,
  vendorFile,
} from './live.ts';
import type { LiveWish } from './live-messages.ts';

declare const self: ServiceWorkerGlobalScope;
/** Put in by the build. */
declare const KEPT: Kept;

/** The path of the site on its host. Two sites of one host have separate caches. */
const BASE = new URL('./', self.location.href).pathname;
const PAGES = `retained-pages:${BASE}`;
const ASSETS = `retained-assets:${BASE}`;
/** If a page is kept and the network has not responded for so long, the kept page is used. Milliseconds. */
const PATIENCE_MS = 4000;
const assets = new Set(KEPT.assets);
const searches = new Set(
  Object.values(KEPT.pages)
    .flat()
    .filter((path) => path.endsWith('.json')),
);

/** Rooms of the server are never kept. */
const NEVER = /^(?:api|mqtt|watch)\/|^ca\.crt$/;
const VENDOR = /^vendor\//;
const wishes: readonly unknown[] = ['state', 'keep', 'forget'] satisfies LiveWish[];
const NAMED_BY_CONTENT = /^assets\//;

const pathOf = (request: Request) => new URL(request.url).pathname;
/** Without the site's base; empty for a path outside of it. */
const inSite = (path: string) => (path.startsWith(BASE) ? path.slice(BASE.length) : '');
const isNamedByContent = (path: string) => NAMED_BY_CONTENT.test(inSite(path));
const languageOf = (path: string) => inSite(path).split('/')[0] ?? '';
/** Asks the server again; if nothing has changed, its response is a few bytes. */
const fresh = (path: string) => new Request(path, { cache: 'no-cache', priority: 'low' });
/** A teacher's page is for that browser's teacher alone, and is asked for each time. */
const isUnkept = (headers: Headers) => /\bno-store\b/.test(headers.get('cache-control') ?? '');
const canBeKept = ({ ok, type, redirected, headers }: Response) =>
  ok && type === 'basic' && !redirected && !isUnkept(headers);

self.addEventListener('install', (event) => event.waitUntil(install()));
self.addEventListener('activate', (event) => event.waitUntil(activate()));
self.addEventListener('message', (event) => {
  const language: unknown = event.data?.keep;
  if (typeof language === 'string' && Object.hasOwn(KEPT.pages, language))
    event.waitUntil(keepLanguage(language));
  const wish: unknown = event.data?.live;
  const [port] = event.ports;
  if (port && wishes.includes(wish)) event.waitUntil(handleLiveWish(wish as LiveWish, port));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || NEVER.test(inSite(pathname)))
    return;
  if (VENDOR.test(inSite(pathname)))
    event.respondWith(isKeptFrame(pathname) ? keptFrame(pathname) : vendorFile(request));
  else if (request.mode === 'navigate') event.respondWith(page(event));
  else if (assets.has(pathname) || isNamedByContent(pathname)) event.respondWith(asset(request));
  else if (searches.has(pathname)) event.respondWith(networkFirst(pathname, fetch(request)));
});

async function install(): Promise<void> {
  const cache = await caches.open(ASSETS);
  const missing: string[] = [];
  for (const path of assets) {
    // A name with a hash has the same content; a fixed name may have new content.
    if (!isNamedByContent(path) || !(await cache.match(path))) missing.push(path);
  }
  await cache.addAll(missing.map(fresh));
  const pages = await caches.open(PAGES);
  const listed = new Set(Object.values(KEPT.pages).flat());
  const kept = (await pages.keys()).map(pathOf);
  await Promise.all(kept.filter((path) => !listed.has(path)).map((path) => pages.delete(path)));
  for (const path of kept) if (listed.has(path)) await keep(pages, path);
  await updateLive();
}

async function activate(): Promise<void> {
  await self.registration.navigationPreload?.enable();
  const cache = await caches.open(ASSETS);
  const gone = (await cache.keys()).filter((request) => !assets.has(pathOf(request)));
  await Promise.all(gone.map((request) => cache.delete(request)));
  await dropOldLive();
  // Only a first worker finds pages open here, and they are of its own version.
  await self.clients.claim();
}

/** One after another, so that the reader's own requests come first. */
async function keepLanguage(language: string): Promise<void> {
  const pages = await caches.open(PAGES);
  for (const path of KEPT.pages[language]!) if (!(await pages.match(path))) await keep(pages, path);
}

/** A page that cannot be fetched now is kept another time. */
async function keep(pages: Cache, path: string): Promise<void> {
  const answer = await fetch(fresh(path)).catch(() => undefined);
  if (answer && canBeKept(answer)) await pages.put(path, answer);
}

async function asset(request: Request): Promise<Response> {
  const path = pathOf(request);
  const cache = await caches.open(ASSETS);
  const kept = (await cache.match(path)) ?? (await keptLive(path));
  if (kept && isNamedByContent(path)) return kept;
  const answer = await fetch(request).catch(() => kept);
  if (!answer) return Response.error();
  // What a page that is newer than this worker needs is there for it offline, too.
  if (answer !== kept && canBeKept(answer)) await cache.put(path, answer.clone());
  return answer;
}

async function page(event: FetchEvent): Promise<Response> {
  const path = pathOf(event.request);
  const preloaded = Promise.resolve(event.preloadResponse as Promise<Response | undefined>);
  const asked = preloaded.then((answer) => answer ?? fetch(event.request));
  const answer = await networkFirst(path, asked);
  if (answer.type !== 'error') return answer;
  const instead = (await caches.match(path)) ?? (await notKept(languageOf(path)));
  return instead ?? answer;
}

/** The page that says, in the reader's language, that a page is not kept. */
const notKept = (language: string) => caches.match(`${BASE}${language}/offline/`);

/** Returns the network's response and keeps it; if there is none, or none in time, the kept one. */
async function networkFirst(path: string, asked: Promise<Response>): Promise<Response> {
  const pages = await caches.open(PAGES);
  const kept = await pages.match(path);
  const heard = asked.then(async (answer) => {
    if (canBeKept(answer) && Object.hasOwn(KEPT.pages, languageOf(path)))
      await pages.put(path, answer.clone());
    return answer;
  });
  if (!kept) return heard.catch(() => Response.error());
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(kept), PATIENCE_MS));
  return Promise.race([heard.catch(() => kept), late]);
}
