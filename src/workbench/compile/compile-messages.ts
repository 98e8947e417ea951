/** Page → TypeScript worker, where there is no Monaco to speak for it; the answer is a `CompileAnswer`. */
import type { Compiled, Sentences } from './compiled.ts';

export interface CompileRequest {
  type: 'retained:compile';
  id: number;
  file: string;
  text: string;
  sentences: Sentences;
  language: 'en' | 'zh-tw';
}
export interface CompileAnswer {
  id: number;
  compiled: Compiled;
}
/** Whoever has the other side of the transferred port is answered there, between two tasks. */
export interface WatchPortRequest {
  type: 'retained:watch';
}
