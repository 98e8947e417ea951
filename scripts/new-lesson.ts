/**
 * `npm run new:lesson <slug>`: a lesson with one exercise in both languages, which runs as it is; only
 * the prose marked TODO is to be written. See docs/authoring.md.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CourseError, withLesson } from './new-lesson/course-entry.ts';

const usage = `npm run new:lesson -- <slug> [options]

  <slug>             small letters, figures and hyphens: the folder in lessons/ and the address
  --part <id>        the part of lessons/course.ts, where the course doesn't name the lesson yet
  --en <title>       its English title, in that case
  --zh-tw <title>    its Chinese title, in that case
  --minutes <n>      to read and do (6)`;

const root = fileURLToPath(new URL('..', import.meta.url));
const template = fileURLToPath(new URL('./lesson-template', import.meta.url));

function fail(message: string): never {
  console.error(message);
  process.exit(2);
}

const { values, positionals } = parseArgs({
  options: {
    part: { type: 'string' },
    en: { type: 'string' },
    'zh-tw': { type: 'string' },
    minutes: { type: 'string', default: '6' },
  },
  allowPositionals: true,
});
const [slug] = positionals;
if (slug === undefined || positionals.length > 1) fail(usage);
if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(slug)) fail(`"${slug}" is no slug.\n\n${usage}`);
const minutes = Number(values.minutes);
if (!Number.isInteger(minutes) || minutes < 1) fail(`--minutes ${values.minutes}: a whole number`);
const folder = join(root, 'lessons', slug);
if (existsSync(folder)) fail(`lessons/${slug} is there already`);
const list = join(root, 'lessons', 'course.ts');
const title = { en: values.en ?? slug, 'zh-tw': values['zh-tw'] ?? values.en ?? slug };
try {
  const course = withLesson(readFileSync(list, 'utf8'), { slug, minutes, title }, values.part);
  writeFileSync(list, course);
} catch (error) {
  if (error instanceof CourseError) fail(error.message);
  throw error;
}
cpSync(template, folder, { recursive: true });
const capture = fileURLToPath(new URL('./capture.ts', import.meta.url));
const { status } = spawnSync(process.execPath, [capture, slug], { stdio: 'inherit' });
console.log(`
lessons/${slug} is there, and named in lessons/course.ts. Next:
  npm run dev                        see it at /en/${slug}/ and /zh-tw/${slug}/ as you write
  npm run check:lessons -- ${slug}   says what is still TODO
docs/authoring.md tells the rest.`);
process.exitCode = status ?? 1;
