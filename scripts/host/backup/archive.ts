/** The file that a backup is: a zip of the data folder, with a list of what is in it. */
import { createHash } from 'node:crypto';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';

export const DATABASE = 'classroom.sqlite';
const LIST = 'retained-backup.json';
const KIND = 'retained-backup';
const FORMAT = 1;
/** More than any school's; a file that claims more was made to fill a disk. */
const most = { files: 10_000, bytes: 2 ** 30 };

export interface Backup {
  /** Of the course that made it. */
  version: string;
  /** Of the database; 0 if there is none. */
  dataVersion: number;
  /** ISO 8601 */
  made: string;
  files: ReadonlyMap<string, Uint8Array>;
}

const sumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function pack({ version, dataVersion, made, files }: Backup): Uint8Array {
  const sums = Object.fromEntries([...files].map(([path, bytes]) => [path, sumOf(bytes)]));
  const list = { kind: KIND, format: FORMAT, version, dataVersion, made, files: sums };
  return zipSync({
    [LIST]: strToU8(JSON.stringify(list, null, 2)),
    ...Object.fromEntries(files),
  });
}

/** A path below the data folder, as `pack` writes it: nothing that leads out of it. */
const plainPath = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/;

/** @throws Error that says what is wrong with the file */
export function unpack(bytes: Uint8Array): Backup {
  const found = unzipped(bytes);
  const list = listOf(found[LIST]);
  if (list.format > FORMAT)
    throw new Error(
      `was made by a newer version of the course (${list.version}). Update this one.`,
    );
  const files = new Map<string, Uint8Array>();
  for (const [path, sum] of Object.entries(list.files)) {
    const content = found[path];
    if (!plainPath.test(path) || content === undefined || sumOf(content) !== sum)
      throw new Error(`is damaged: ${JSON.stringify(path)} is not as it was.`);
    files.set(path, content);
  }
  return { ...list, files };
}

function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  let [count, size] = [0, 0];
  try {
    return unzipSync(bytes, {
      filter({ originalSize }) {
        count++;
        size += originalSize;
        if (count > most.files || size > most.bytes) throw new Error('too large');
        return true;
      },
    });
  } catch (cause) {
    throw new Error('is no backup, or it is damaged.', { cause });
  }
}

interface List extends Omit<Backup, 'files'> {
  format: number;
  files: Record<string, string>;
}

function listOf(bytes: Uint8Array | undefined): List {
  try {
    const list = JSON.parse(strFromU8(bytes!)) as List & { kind: string };
    const isList =
      list.kind === KIND &&
      Number.isInteger(list.format) &&
      Number.isInteger(list.dataVersion) &&
      typeof list.version === 'string' &&
      typeof list.files === 'object';
    if (isList) return list;
  } catch {
    // Said below.
  }
  throw new Error('is no backup of the course.');
}
