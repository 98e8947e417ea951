/**
 * URLs of the files that `scripts/build-vendor.ts` builds; its manifest holds them relative to
 * itself.
 */
export interface VendorUrls {
  runtime: string;
  frame: string;
  editor: string;
  editorZhTw: string;
  editorStyle: string;
  editorWorker: string;
  typescriptWorker: string;
  roomWorker: string;
}

const NAMES = [
  'runtime',
  'frame',
  'editor',
  'editorZhTw',
  'editorStyle',
  'editorWorker',
  'typescriptWorker',
  'roomWorker',
] as const;

/** The manifest of this build (`astro.config.mjs`): a page that asked for it would wait for it. */
declare const __VENDOR__: Readonly<Record<string, string>>;

/** Of the site that this page belongs to. */
export const vendorUrls = (): VendorUrls =>
  resolveVendor(__VENDOR__, `${import.meta.env.BASE_URL}vendor/`);

/** `base` is the URL of the vendor folder, with a slash at its end. */
export function resolveVendor(
  manifest: Readonly<Record<string, string>>,
  base: string,
): VendorUrls {
  return Object.fromEntries(
    NAMES.map((name) => [name, base + manifest[name]]),
  ) as unknown as VendorUrls;
}
