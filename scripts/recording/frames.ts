/** What a page shows while something runs in it, as the frames of an animated WebP. */
import type { Page } from '@playwright/test';
import type { WebpFrame } from './animated-webp.ts';

interface Shot {
  /** Seconds. */
  at: number;
  /** PNG, base64. */
  png: string;
}
const quality = 0.8;

/** The page's pictures from now until `deed` is done; of more than `perSecond`, some are left out. */
export async function recorded(
  page: Page,
  perSecond: number,
  deed: () => Promise<void>,
): Promise<Shot[]> {
  const cdp = await page.context().newCDPSession(page);
  const shots: Shot[] = [];
  cdp.on('Page.screencastFrame', ({ data, sessionId, metadata }) => {
    void cdp.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
    const at = metadata.timestamp ?? Date.now() / 1000;
    const last = shots.at(-1);
    if (last && at - last.at < 1 / perSecond) shots.pop();
    // The newest of each interval: what follows stands where the first one stood.
    shots.push({ at: last && at - last.at < 1 / perSecond ? last.at : at, png: data });
  });
  await cdp.send('Page.startScreencast', { format: 'png' });
  await deed();
  await cdp.send('Page.stopScreencast');
  await cdp.detach();
  return shots;
}

/**
 * The frames: of each picture the part that differs from the one before.
 * @param seconds how long the recording is, from its first picture
 * @param encoder any page: its canvas compares and encodes
 */
export async function framesOf(
  shots: readonly Shot[],
  seconds: number,
  encoder: Page,
): Promise<{ width: number; height: number; frames: WebpFrame[] }> {
  const frames: WebpFrame[] = [];
  const begin = shots[0]!.at;
  let size = { width: 0, height: 0 };
  for (const [index, { at, png }] of shots.entries()) {
    const end = Math.min(shots[index + 1]?.at ?? Infinity, begin + seconds);
    if (at >= begin + seconds) break;
    const ms = (end - at) * 1000;
    const patch = await encoder.evaluate(encodePatch, { png, isFirst: index === 0, quality });
    size = patch.size;
    const last = frames.at(-1);
    if (patch.file === undefined && last) last.ms += ms;
    if (patch.file === undefined) continue;
    const { x, y, width, height } = patch;
    frames.push({ x, y, width, height, ms, file: Buffer.from(patch.file, 'base64') });
  }
  return { ...size, frames };
}

/** In the page. `file` is undefined if nothing differs from the picture before. */
async function encodePatch(given: { png: string; isFirst: boolean; quality: number }) {
  const kept = globalThis as { before?: ImageData };
  const bytes = Uint8Array.from(atob(given.png), (one) => one.charCodeAt(0));
  const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
  const size = { width: image.width, height: image.height };
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true })!;
  context.drawImage(image, 0, 0);
  const now = context.getImageData(0, 0, image.width, image.height);
  const before = given.isFirst ? undefined : kept.before;
  kept.before = now;
  let [left, top, right, bottom] = [0, 0, image.width, image.height];
  if (before) {
    [left, top, right, bottom] = [image.width, image.height, 0, 0];
    const a = new Uint32Array(before.data.buffer);
    const b = new Uint32Array(now.data.buffer);
    for (let at = 0; at < b.length; at += 1) {
      if (a[at] === b[at]) continue;
      const [x, y] = [at % image.width, Math.floor(at / image.width)];
      left = Math.min(left, x);
      right = Math.max(right, x + 1);
      top = Math.min(top, y);
      bottom = Math.max(bottom, y + 1);
    }
  }
  // Even, as the format wants it.
  const [x, y] = [left & ~1, top & ~1];
  const [width, height] = [right - x, bottom - y];
  if (width <= 0 || height <= 0) return { size, x: 0, y: 0, width: 0, height: 0, file: undefined };
  const part = new OffscreenCanvas(width, height);
  part.getContext('2d', { alpha: false })!.drawImage(canvas, -x, -y);
  const blob = await part.convertToBlob({ type: 'image/webp', quality: given.quality });
  const coded = new Uint8Array(await blob.arrayBuffer());
  let text = '';
  for (const byte of coded) text += String.fromCharCode(byte);
  return { size, x, y, width, height, file: btoa(text) };
}
