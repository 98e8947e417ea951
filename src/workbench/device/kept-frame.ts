/**
 * The frame that the service worker makes of what it keeps, if it keeps it (`src/offline/live.ts`);
 * undefined if it doesn't. It is sandboxed by its policy, so it must have no attribute `sandbox`: the
 * worker isn't asked for a frame with one.
 * @param frame URL of `frame.html`
 */
export async function keptFrameUrl(frame: string): Promise<string | undefined> {
  if (!globalThis.navigator.serviceWorker?.controller) return undefined;
  const kept = await caches.match(frame).catch(() => undefined);
  return kept && frame.replace(/frame\.html$/, 'kept-frame.html');
}
