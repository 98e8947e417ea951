/** What of the built site is kept, to be used without a network. Paths begin with the site's base. */
import { createHash } from 'node:crypto';

export interface Kept {
  /** Changes with any byte of what is listed here. */
  version: string;
  /** Styles, scripts and icons: their names change with their content, or every page needs them. */
  assets: string[];
  /** By language: its pages and what its search reads. */
  pages: Record<string, string[]>;
  /** What live exercises need besides, kept if the reader asks for it: paths and their bytes. */
  live: [path: string, bytes: number][];
}

/** Pages of whole parts are for printing and repeat their lessons; those of a class need the server. */
const LEFT_OUT = /^[\w-]+\/(?:part|social|class|join)\//;
const ASSET =
  /^assets\/.+|^index\.html$|^choose\.js$|^favicon\.svg$|^icons\/.+\.png$|\.webmanifest$/;
/** The terminal and the touch editor: reading does not need them. */
const LARGEST_ASSET_BYTES = 100_000;
const VENDOR = /^vendor\/[^/]+\//;
const COMPRESSED = /\.(?:br|gz)$/;
const HOME = /^([\w-]+)\/index\.html$/;
const PAGE = /^([\w-]+)\/(?:.*\/)?(?:index\.html|search\.json)$/;

/**
 * @param files paths below the site's folder, with `/`
 * @param read returns the content of a file
 * @param base the path of the site on its host, with a slash at its end
 */
export function keptOf(
  files: readonly string[],
  read: (file: string) => Uint8Array,
  base = '/',
): Kept {
  const hash = createHash('sha256');
  const assets: string[] = [];
  const homes = files.flatMap((file) => HOME.exec(file)?.[1] ?? []);
  const pages: Record<string, string[]> = Object.fromEntries(homes.map((one) => [one, []]));
  const live: Kept['live'] = [];
  for (const file of [...files].sort()) {
    if (COMPRESSED.test(file)) continue;
    if (VENDOR.test(file)) live.push([`${base}${file}`, read(file).length]);
    const place = ASSET.test(file) ? assets : pages[PAGE.exec(file)?.[1] ?? ''];
    if (!place || LEFT_OUT.test(file)) continue;
    const bytes = read(file);
    if (place === assets && bytes.length > LARGEST_ASSET_BYTES) {
      live.push([`${base}${file}`, bytes.length]);
      continue;
    }
    place.push(`${base}${file.replace(/index\.html$/, '')}`);
    hash.update(`${file}\0`).update(bytes);
  }
  return { version: hash.digest('hex').slice(0, 12), assets, pages, live };
}
