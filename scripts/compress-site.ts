/** Compressed copies of the built pages, which the server sends as they are. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const TEXT = /\.(?:html|css|js|svg|json|xml|txt|webmanifest)$/;
/** Below this a copy is no smaller on the wire: it fits into one TCP segment anyway. */
const SMALLEST_BYTES = 1400;
/** The best compression is worth its seconds only for files that don't change (the editor's). */
const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };

/** @param dist the built site; `vendor/` in it brings its own compressed copies */
export async function compressSite(dist: string): Promise<void> {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => TEXT.test(name) && !/^vendor[\\/]/.test(name));
  await Promise.all(files.map((name) => compressFile(join(dist, name))));
}

async function compressFile(path: string): Promise<void> {
  const text = readFileSync(path);
  if (text.length < SMALLEST_BYTES) return;
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(text, { params }),
    promisify(gzip)(text),
  ]);
  writeFileSync(`${path}.br`, br);
  writeFileSync(`${path}.gz`, gz);
}
