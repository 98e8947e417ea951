/** Between a page and its service worker: live exercises without a network. */

export type LiveWish = 'state' | 'keep' | 'forget';

/** Bytes are those of the files, uncompressed. `part`: a version of before is kept, or not all of it. */
export type LiveState =
  | { state: 'none' | 'part' | 'kept' | 'failed'; total: number }
  | { state: 'keeping'; bytes: number; total: number };
