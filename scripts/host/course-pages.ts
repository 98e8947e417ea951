/** The built pages, as they go into a folder or a package that is handed on. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

export interface PageFile {
  /** Below the pages, with `/`. */
  path: string;
  /** On this machine. */
  file: string;
}

/**
 * The vendor parts that pages load. Beside them stand those of earlier builds for a while (`build-vendor.ts`), which
 * open pages may load, and nobody who gets a file. Null without a list.
 */
function vendorParts(folder: string): Set<string> | null {
  const manifest = join(folder, 'vendor', 'manifest.json');
  if (!existsSync(manifest)) return null;
  const files = Object.values(JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, string>);
  return new Set(files.map((file) => file.split('/')[0]!));
}

/** In order of their paths. The server sends the smaller copy, and a browser of today takes it: no `.gz`. */
export function coursePages(folder: string): PageFile[] {
  const parts = vendorParts(folder);
  const isOld = (path: string): boolean => {
    const part = /^vendor\/([^/]+)\//.exec(path)?.[1];
    return part !== undefined && parts !== null && !parts.has(part);
  };
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && !one.name.endsWith('.gz'))
    .map((one) => join(one.parentPath, one.name))
    .map((file) => ({ file, path: relative(folder, file).split(sep).join('/') }))
    .filter(({ path }) => !isOld(path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}
