/**
 * SQLite's write-ahead log as a crash has left it (https://www.sqlite.org/fileformat2.html#walformat). SQLite reads it
 * up to the first frame that is wrong, and forgets the rest without a word: what was confirmed would be lost.
 */

const HEADER = 32;
const FRAME_HEADER = 24;

/**
 * `whole`: SQLite reads all that was written. `torn`: its last transaction is not all there, as after a power failure;
 * it may have been confirmed. `damaged`: it stops before transactions that are there whole.
 */
export type LogState = 'whole' | 'torn' | 'damaged';

type Sum = readonly [number, number];

function sumOf(bytes: DataView, isBig: boolean, [a, b]: Sum): Sum {
  let [first, second] = [a, b];
  for (let at = 0; at + 8 <= bytes.byteLength; at += 8) {
    first = (first + bytes.getUint32(at, !isBig) + second) >>> 0;
    second = (second + bytes.getUint32(at + 4, !isBig) + first) >>> 0;
  }
  return [first, second];
}

/** @param log the content of the `-wal` file */
export function stateOfLog(log: Uint8Array): LogState {
  // Never synced: nothing was confirmed in it.
  if (log.every((byte) => byte === 0)) return 'whole';
  if (log.length < HEADER) return 'torn';
  const view = new DataView(log.buffer, log.byteOffset, log.length);
  const part = (at: number, length: number) =>
    new DataView(log.buffer, log.byteOffset + at, length);
  const isSum = (at: number, [a, b]: Sum) =>
    view.getUint32(at) === a && view.getUint32(at + 4) === b;
  const magic = view.getUint32(0);
  const isBig = magic === 0x377f0683;
  let sum = sumOf(part(0, 24), isBig, [0, 0]);
  if ((!isBig && magic !== 0x377f0682) || !isSum(24, sum)) return 'damaged';
  const size = FRAME_HEADER + view.getUint32(8);
  /** Frames of an earlier use of the file have other salts. */
  const isOurs = (at: number) =>
    view.getUint32(at + 8) === view.getUint32(16) && view.getUint32(at + 12) === view.getUint32(20);
  const isCommit = (at: number) => view.getUint32(at + 4) !== 0;

  let at = HEADER;
  for (; at + size <= log.length; at += size) {
    if (!isOurs(at)) break;
    const next = sumOf(part(at + FRAME_HEADER, size - FRAME_HEADER), isBig, sumOf(part(at, 8), isBig, sum)); // prettier-ignore
    if (!isSum(at + 16, next)) break;
    sum = next;
  }
  // What SQLite will not read. A commit is synced before the frames after it are written.
  let state: LogState = 'whole';
  let hasCommit = false;
  for (; at + FRAME_HEADER <= log.length; at += size) {
    if (!isOurs(at)) continue;
    if (hasCommit) return 'damaged';
    state = 'torn';
    hasCommit = isCommit(at);
  }
  return state;
}
