/**
 * A site that the server can have below any path. It is built for a path that stands nowhere else, which is then
 * taken out of it: what remains is for `/`, and a list says where the path stood.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { teacherFolder } from '../sandbox/protocol/teacher-pages.ts';
import { atRoot, placesFile } from '../sandbox/server/moved-site.ts';

/** What the site is built for. */
export const movableBase = '/path-of-the-site/';

const TEXT = /\.(?:html|css|js|svg|json|xml|txt|webmanifest)$/;

/** @param dist a site that was built for `movableBase`; it is changed in place */
export function moveToRoot(dist: string): void {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' });
  const places = new Map<string, number[]>();
  // The vendor files find each other by addresses that are relative.
  for (const name of names.filter((one) => TEXT.test(one) && !/^vendor[\\/]/.test(one))) {
    const file = join(dist, name);
    try {
      const found = atRoot(readFileSync(file), movableBase);
      if (found.places.length === 0) continue;
      writeFileSync(file, found.bytes);
      places.set(name.split(sep).join('/'), found.places);
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
    }
  }
  const own = [...places].sort(([a], [b]) => (a < b ? -1 : 1));
  const inTeachers = `${teacherFolder}/`;
  const [teachers, readers] = [true, false].map((isTeachers) =>
    own.filter(([name]) => name.startsWith(inTeachers) === isTeachers),
  );
  const write = (folder: string, list: [string, number[]][]): void =>
    writeFileSync(join(folder, placesFile), JSON.stringify(Object.fromEntries(list)));
  write(dist, readers!);
  if (teachers!.length > 0)
    write(join(dist, teacherFolder), teachers!.map(([name, at]) => [name.slice(inTeachers.length), at])); // prettier-ignore
}
