import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';

/** A copy of the project, in which somebody adds a lesson. */
const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'retained-new-lesson-'));

beforeAll(() => {
  for (const name of ['package.json', 'tsconfig.json', 'sandbox', 'src', 'scripts', 'e2e']) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  mkdirSync(join(copy, 'lessons'));
  for (const name of ['course.ts', 'glossary.ts']) {
    cpSync(join(root, 'lessons', name), join(copy, 'lessons', name));
  }
  mkdirSync(join(copy, 'public'));
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
});
afterAll(() => rmSync(copy, { recursive: true, force: true }));

const run = (...args: string[]) =>
  new Promise<{ status: number | null; output: string }>((resolve) => {
    const child = spawn(process.execPath, args, { cwd: copy, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    }
    child.on('close', (status) => resolve({ status, output }));
  });

it('makes a lesson in which everything holds but the prose that is still to be written', async () => {
  const made = await run(
    'scripts/new-lesson.ts',
    ...['a-new-lesson', '--part', 'meet', '--en', 'A new lesson', '--zh-tw', '新的一課'],
  );
  expect(made).toMatchObject({ status: 0 });
  const course = readFileSync(join(copy, 'lessons/course.ts'), 'utf8');
  expect(course).toContain("written('a-new-lesson', 6, 'A new lesson', '新的一課'),");

  const { status, output } = await run('scripts/check-lessons/main.ts', 'a-new-lesson');
  const failures = output.split('\n').filter((line) => line.includes('✗'));
  const ofTheLesson = failures.filter((line) => line.includes('a-new-lesson'));
  expect(ofTheLesson.map((line) => line.trim())).toEqual([
    '✗ a-new-lesson/en.mdx:2: still says TODO',
    '✗ a-new-lesson/zh-tw.mdx:2: still says TODO',
  ]);
  expect(output).toMatch(/1 lessons, 1 exercises, 2 mistakes, 1 captures/);
  expect(status).toBe(1);
}, 300_000);

it('refuses a name that is taken, or none', async () => {
  const none = await run('scripts/new-lesson.ts');
  expect(none).toMatchObject({ status: 2 });
  expect(none.output).toContain('npm run new:lesson');
  const odd = await run('scripts/new-lesson.ts', '../up');
  expect(odd.output).toContain('"../up" is no slug');
});
