/** URLs of what `scripts/build-vendor.ts` builds; its manifest holds them relative to itself. */
export interface VendorUrls {
  runtime: string;
  frame: string;
  editor: string;
  editorZhTw: string;
  editorStyle: string;
  editorWorker: string;
  typescriptWorker: string;
}

const NAMES = [
  'runtime',
  'frame',
  'editor',
  'editorZhTw',
  'editorStyle',
  'editorWorker',
  'typescriptWorker',
] as const;

/** `base` is the URL of the vendor folder, with a slash at its end. */
export async function fetchVendor(base: string): Promise<VendorUrls> {
  const answer = await fetch(new URL('manifest.json', new URL(base, location.href)));
  if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
  return resolveVendor((await answer.json()) as Record<string, string>, base);
}

/** For pages that read the manifest when they are built. */
export function resolveVendor(manifest: Record<string, string>, base: string): VendorUrls {
  return Object.fromEntries(
    NAMES.map((name) => [name, base + manifest[name]]),
  ) as unknown as VendorUrls;
}
