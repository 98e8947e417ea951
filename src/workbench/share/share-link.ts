/**
 * Programs as the fragment of a link: `#shared=<exercise>:<z|p><base64url>`. A browser sends no
 * fragment to a server. `z`: JSON, UTF-8, deflate-raw; `p`: without deflate, for browsers that lack
 * it. A link is untrusted: its size is bounded, and only the exercise's own file names are
 * accepted.
 */
export interface SharedFile {
  name: string;
  text: string;
}

/** Links beyond this are cut by chat programs; no program of the course comes near it. */
const longestLink = 30_000;
/** All files together, in characters: a link of a kilobyte could otherwise unpack to a gigabyte. */
export const longestPrograms = 200_000;
const prefix = '#shared=';

/** The fragment with its `#`, or undefined if the programs are too long for a link. */
export async function shareFragment(
  exercise: string,
  files: readonly SharedFile[],
): Promise<string | undefined> {
  const json = JSON.stringify(files.map(({ name, text }) => [name, text]));
  const plain = new TextEncoder().encode(json);
  const packed = 'CompressionStream' in globalThis ? await through(deflate(), plain) : undefined;
  const data = packed ? `z${base64url(packed)}` : `p${base64url(plain)}`;
  const fragment = `${prefix}${exercise}:${data}`;
  return fragment.length <= longestLink ? fragment : undefined;
}

/** Whether the page's fragment holds programs for this exercise; cheap, before anything is loaded. */
export function isSharedWith(exercise: string, fragment: string): boolean {
  return fragment.startsWith(`${prefix}${exercise}:`);
}

/** The programs of a fragment that are `names`' own; undefined if it is none, or damaged. */
export async function readShared(
  exercise: string,
  names: readonly string[],
  fragment: string,
): Promise<SharedFile[] | undefined> {
  if (!isSharedWith(exercise, fragment) || fragment.length > longestLink) return undefined;
  const data = fragment.slice(prefix.length + exercise.length + 1);
  try {
    const bytes = bytesOf(data.slice(1));
    const plain = data.startsWith('z') ? await through(inflate(), bytes) : bytes;
    const text = new TextDecoder('utf-8', { fatal: true }).decode(plain);
    const files = filesOf(JSON.parse(text), names);
    return files.length > 0 ? files : undefined;
  } catch {
    return undefined;
  }
}

function filesOf(value: unknown, names: readonly string[]): SharedFile[] {
  if (!Array.isArray(value)) return [];
  const found = new Map<string, string>();
  for (const pair of value.slice(0, 50) as unknown[]) {
    const [name, text] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof text === 'string' && names.includes(name as string)) found.set(name as string, text);
  }
  return [...found].map(([name, text]) => ({ name, text }));
}

const deflate = () => new CompressionStream('deflate-raw');
const inflate = () => new DecompressionStream('deflate-raw');

/** Throws if the result is larger than any programs. */
async function through(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { value, done } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > 4 * longestPrograms) {
      await reader.cancel();
      throw new RangeError('too long');
    }
    chunks.push(value);
  }
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

function base64url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
