/**
 * Takes the teachers' answers out of the pages of the site when they are built: into a folder of which the server
 * serves nothing to anybody but a teacher (`sandbox/server/classroom/teacher-pages.ts`). It comes before all
 * that lists the pages of the site.
 */
import { existsSync, mkdirSync, readdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { AstroIntegration } from 'astro';
import { teacherFolder } from '../../sandbox/protocol/teacher-pages.ts';

const page = join('answers', 'index.html');

export function answersForTeachers(): AstroIntegration {
  return {
    name: 'retained:answers',
    hooks: {
      'astro:build:done': ({ dir }) => {
        const site = fileURLToPath(dir);
        for (const language of readdirSync(site)) {
          const from = join(site, language, page);
          if (!existsSync(from)) continue;
          const to = join(site, teacherFolder, language, page);
          mkdirSync(dirname(to), { recursive: true });
          renameSync(from, to);
        }
      },
    },
  };
}
