import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { lessonFolders, readLesson } from './lesson.ts';

const root = fileURLToPath(new URL('../../lessons', import.meta.url));
const slugs = lessonFolders(root);

test('a program that another right or wrong set does not hold is the starter’s', async () => {
  const [door] = (await readLesson(root, 'tls')).exercises;
  const { starter, mistakes } = door!;
  expect(existsSync(join(root, 'tls/door/mistakes/plain/stranger.ts'))).toBe(false);
  expect(mistakes.get('plain')!.get('stranger.ts')).toBe(starter.get('stranger.ts'));
});

test.each(slugs)('%s: no set repeats a program of its starter', async (slug) => {
  const repeated: string[] = [];
  for (const { id, starter, mistakes, alsoRight } of (await readLesson(root, slug)).exercises) {
    const folders = [
      ...[...mistakes.keys()].map((name) => `mistakes/${name}`),
      ...[...alsoRight.keys()].map((name) => `also-right/${name}`),
    ];
    for (const folder of folders) {
      const files = readdirSync(join(root, id, folder));
      const same = files.filter(
        (file) =>
          file.endsWith('.ts') &&
          readFileSync(join(root, id, folder, file), 'utf8') === starter.get(file),
      );
      // A folder without a file would not be kept.
      if (files.length > 1) repeated.push(...same.map((file) => `${id}/${folder}/${file}`));
    }
  }
  expect(repeated).toEqual([]);
});
