/** Single files out of Node's archives. */
import { gunzipSync } from 'node:zlib';
import { unzipSync } from 'fflate';

const BLOCK = 512;

/** @throws Error if the archive has no such file */
export function fileOf(archive: Uint8Array, kind: 'tar.gz' | 'zip', path: string): Uint8Array {
  const found =
    kind === 'zip'
      ? unzipSync(archive, { filter: ({ name }) => name === path })[path]
      : fromTar(gunzipSync(archive), path);
  if (!found) throw new Error(`the archive has no ${path}`);
  return found;
}

const textOf = (bytes: Buffer) => bytes.toString('latin1').replace(/\0.*$/s, '');

/** Reads a ustar archive; names longer than 256 bytes, which need extensions, are not found. */
function fromTar(tar: Buffer, path: string): Uint8Array | undefined {
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    const prefix = textOf(header.subarray(345, 500));
    const name = textOf(header.subarray(0, 100));
    const size = Number.parseInt(textOf(header.subarray(124, 136)), 8) || 0;
    const begin = at + BLOCK;
    if ((prefix ? `${prefix}/${name}` : name) === path) return tar.subarray(begin, begin + size);
    at = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
  return undefined;
}
