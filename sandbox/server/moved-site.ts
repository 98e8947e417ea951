/** Files of a site that was built for `/`, moved below another path: each place of an address is known. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside the files that it speaks of. The server serves no name that begins with a point. */
export const placesFile = '.base.json';

/**
 * Path of a file below the folder → where the site's base stands in it, as a single `/`: byte offsets, each
 * counted from the one before.
 */
export type Places = Readonly<Record<string, readonly number[]>>;

/** Of a folder that says nothing of it: its pages are for the base that they were built for. */
export function readPlaces(folder: string): Places {
  const file = join(folder, placesFile);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Places) : {};
}

/** @param base with a slash at both ends */
export function moved(bytes: Buffer, places: readonly number[], base: string): Buffer {
  const own = Buffer.from(base);
  const parts: Buffer[] = [];
  let from = 0;
  let at = 0;
  for (const step of places) {
    at += step;
    parts.push(bytes.subarray(from, at), own);
    from = at + 1;
  }
  parts.push(bytes.subarray(from));
  return Buffer.concat(parts);
}

/**
 * The reverse of `moved`: what was built for `base` becomes what is for `/`.
 * @throws Error if the base stands in it in any other form, which would work below this path only
 */
export function atRoot(bytes: Buffer, base: string): { bytes: Buffer; places: number[] } {
  const name = base.slice(1, -1);
  const parts: Buffer[] = [];
  const places: number[] = [];
  let [from, length, last] = [0, 0, 0];
  for (let at = bytes.indexOf(base); at >= 0; at = bytes.indexOf(base, from)) {
    parts.push(bytes.subarray(from, at + 1));
    length += at + 1 - from;
    places.push(length - 1 - last);
    last = length - 1;
    from = at + base.length;
  }
  parts.push(bytes.subarray(from));
  const all = Buffer.concat(parts);
  const other = all.indexOf(name);
  if (other >= 0)
    throw new Error(`an address that can't be moved: ${String(all.subarray(Math.max(0, other - 40), other + 80))}`); // prettier-ignore
  return { bytes: all, places };
}
