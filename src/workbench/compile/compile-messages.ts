/** Page → TypeScript worker, if the page has no Monaco; the response is a `CompileAnswer`. */
import type { Compiled, Sentences } from './compiled.ts';

export interface CompileRequest {
  type: 'retained:compile';
  id: number;
  file: string;
  text: string;
  sentences: Sentences;
  language: 'en' | 'zh-tw';
}
/** Without `compiled`: the worker begins with it, so from now on its time is counted. */
export interface CompileAnswer {
  id: number;
  compiled?: Compiled;
}
/** The worker responds on the transferred port between two tasks. */
export interface WatchPortRequest {
  type: 'retained:watch';
}
