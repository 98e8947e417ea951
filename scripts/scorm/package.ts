/** A part of a built site as the files of a SCORM package. */
import { readFileSync, readdirSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import { course } from '../../lessons/course.ts';
import { wholeFrame } from '../../sandbox/server/whole-frame.ts';
import type { Language } from '../../src/i18n/index.ts';
import { LONGEST_DATA, suspendData } from '../../src/scorm/suspend-data.ts';
import { manifest } from './manifest.ts';
import { relativeModule, relativePage, relativeStyle, type Places } from './relative.ts';

export interface Source {
  /** Built with `packages` (`scripts/build-static.ts`). */
  folder: string;
  /** The path that it was built for. */
  base: string;
  /** The public course, for links to pages that are not in the package. */
  site?: string | undefined;
}
export interface Choice {
  part: string;
  language: Language;
}

/** Parts with at least one written lesson. */
export const parts = course.filter(({ lessons }) =>
  lessons.some(({ status }) => status === 'written'),
);

/** The files of the package by their paths, in order. */
export function filesOf(source: Source, { part, language }: Choice): Map<string, Uint8Array> {
  const { folder, base } = source;
  const own = `package/${language}/${part}/`;
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .split(sep)
        .join('/'),
    );
  const read = (name: string) => readFileSync(join(folder, name));
  const pages = names.filter((name) => name.startsWith(own));
  if (!pages.includes(`${own}index.html`)) throw new Error(`${folder} has no package of ${part}`);
  const lessons = pages
    .map((name) => name.slice(own.length, -'/index.html'.length))
    .filter(Boolean);
  const vendor = names.filter((name) => /^vendor\/[^/]+\//.test(name));
  const assets = reachable(
    pages,
    names.filter((name) => name.startsWith('assets/')),
    read,
  );
  const kept = new Set([...vendor, ...assets]);
  const places: Places = (path) => {
    if (kept.has(path)) return path;
    if (path === own) return 'index.html';
    const start = [own, `${language}/`].find((one) => path.startsWith(one)) ?? path;
    const lesson = path.slice(start.length, -1);
    return lessons.includes(lesson) && path.endsWith('/') ? `${lesson}/index.html` : undefined;
  };
  const files = new Map<string, Uint8Array>();
  const put = (path: string, text: string) => files.set(path, new TextEncoder().encode(text));
  for (const name of pages) {
    const path = name.slice(own.length);
    put(path, relativePage(path, read(name).toString(), { base, places, site: source.site }));
  }
  for (const name of assets) {
    if (name.endsWith('.js')) put(name, relativeModule(name, read(name).toString(), base));
    else if (name.endsWith('.css'))
      put(name, relativeStyle(name, read(name).toString(), base, places));
    else files.set(name, read(name));
  }
  for (const name of vendor) {
    if (name.endsWith('/frame.html'))
      put(name, wholeFrame(read(name).toString(), read(name.replace(/frame\.html$/, 'frame.js')).toString()).html); // prettier-ignore
    else files.set(name, read(name));
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The assets that pages load, and those that these load. */
function reachable(
  pages: readonly string[],
  assets: readonly string[],
  read: (name: string) => Buffer,
): string[] {
  const found = new Set<string>();
  const todo = [...pages];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (!/\.(?:html|css|js)$/.test(name)) continue;
    const text = read(name).toString();
    for (const asset of assets)
      if (!found.has(asset) && text.includes(basename(asset))) {
        found.add(asset);
        todo.push(asset);
      }
  }
  return [...found].sort();
}

/** The ids of a page's exercises that count, as the outer page lists them. */
export const exercisesIn = (page: string): string[] =>
  [...page.matchAll(/data-exercises="([^"]*)"/g)].flatMap(([, ids]) =>
    ids!.split(' ').filter(Boolean),
  );

/**
 * The same bytes for the same site: no time of the build is in them.
 * @throws Error if a platform could not keep all of the part's exercises
 */
export function zipOf(
  files: ReadonlyMap<string, Uint8Array>,
  { part, language }: Choice,
): Uint8Array {
  const start = 'index.html';
  const exercises = exercisesIn(new TextDecoder().decode(files.get(start)));
  const longest = suspendData(exercises).length;
  if (longest > LONGEST_DATA)
    throw new Error(
      `What is passed takes ${longest} characters; a platform keeps ${LONGEST_DATA}.`,
    );
  const text = manifest({
    identifier: `retained-${part}-${language}`,
    title: course.find(({ id }) => id === part)!.title[language],
    start,
    files: [...files.keys()].filter((name) => name !== start),
  });
  const all: Zippable = { 'imsmanifest.xml': new TextEncoder().encode(text) };
  for (const [name, bytes] of files) all[name] = bytes;
  return zipSync(all, { level: 9, mtime: new Date(1980, 0, 1) });
}
