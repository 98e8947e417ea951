/** The folder that is handed on, as a zip. */
import { readFileSync } from 'node:fs';
import { zipSync, type Zippable, type ZipOptions } from 'fflate';
import { coursePages } from '../host/course-pages.ts';
import { launchersOf, readMe } from './launchers.ts';
import { entryFiles } from '../package/entry-files.ts';
import { NODE_LICENCE } from './node-licence.ts';
import type { NodeProgram } from './node-program.ts';
import type { Platform } from './platforms.ts';

export interface FolderParts {
  platform: Platform;
  node: NodeProgram;
  /** `serverBundle` */
  server: string;
  /** Folder of the built pages. */
  pages: string;
  /** The course's own licence. */
  licence: Uint8Array;
  /** Those of the code of others in it. */
  notices: string;
}

/** Unix, in the upper half of the attributes: what unzips there keeps what may be run. */
const modeOf = (isProgram: boolean): ZipOptions => ({
  os: 3,
  attrs: ((isProgram ? 0o100755 : 0o100644) << 16) >>> 0,
});
const text = (value: string) => new TextEncoder().encode(value);

/** @param level 0 to 9 */
export function folderZip(
  { platform, ...parts }: FolderParts,
  level: ZipOptions['level'],
): Uint8Array {
  const all: Zippable = {};
  const put = (path: string, bytes: Uint8Array, options: ZipOptions = {}) =>
    (all[`Retained/${path}`] = [bytes, { ...modeOf(false), ...options }]);
  for (const { name, text: own, isProgram } of launchersOf(platform))
    put(name, text(own), modeOf(isProgram));
  put('READ ME.txt', text(readMe(platform)));
  put('LICENSE', parts.licence);
  put('NOTICES.txt', text(parts.notices));
  const program = platform.program === 'node.exe' ? 'node.exe' : 'node';
  put(`course/${program}`, parts.node.program, modeOf(true));
  put(`course/${NODE_LICENCE}`, parts.node.licence);
  put('course/course.mjs', text(parts.server));
  for (const { name, bytes } of entryFiles()) put(`course/${name}`, bytes);
  for (const { path, file } of coursePages(parts.pages))
    put(`course/pages/${path}`, readFileSync(file), path.endsWith('.br') ? { level: 0 } : {});
  return zipSync(all, { ...(level !== undefined && { level }), mtime: new Date(1980, 0, 1) });
}
