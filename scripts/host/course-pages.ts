/** The built pages, as they go into a folder or a package that is handed on. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface PageFile {
  /** Below the pages, with `/`. */
  path: string;
  /** On this machine. */
  file: string;
}

/** In order of their paths. The server sends the smaller copy, and a browser of today takes it: no `.gz`. */
export function coursePages(folder: string): PageFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !one.name.endsWith('.gz'))
    .map((one) => join(one.parentPath, one.name))
    .map((file) => ({ file, path: relative(folder, file).split(sep).join('/') }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
