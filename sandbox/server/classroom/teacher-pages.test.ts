import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { teacherFolder } from '../../protocol/teacher-pages.ts';
import { startClassServer, type ClassServer } from './testing/class-server.ts';

const SECRET = 'the answer is 42';
let site: string;
let running: ClassServer;

beforeEach(async () => {
  site = mkdtempSync(join(tmpdir(), 'retained-answers-'));
  const folder = join(site, teacherFolder, 'en', 'answers');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'index.html'), `<p>${SECRET}</p>`);
  writeFileSync(join(site, '404.html'), 'not there');
  running = await startClassServer({ site });
});
afterEach(async () => {
  await running.end();
  rmSync(site, { recursive: true });
});

test('the teacher gets the page, and no browser keeps it', async () => {
  const teacher = await running.teacher();
  const response = await teacher.fetch('/en/answers/');
  expect(response.status).toBe(200);
  expect(await response.text()).toContain(SECRET);
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
});

test('nobody else does: without a cookie, with a wrong one, as a member of a class', async () => {
  const teacher = await running.teacher();
  const { classes } = (await teacher.post('/api/class/classes', { language: 'en' })) as unknown as {
    classes: { code: string }[];
  };
  const member = running.device();
  await member.post('/api/class/join', { code: classes[0]!.code, name: 'Ben' });
  expect(member.cookies.size).toBe(1);
  const liar = running.device();
  for (const name of teacher.cookies.keys()) liar.cookies.set(name, 'x'.repeat(32));
  for (const device of [running.device(), member, liar]) {
    for (const method of ['GET', 'HEAD']) {
      const response = await device.fetch('/en/answers/', { method });
      expect(response.status).toBe(302);
      expect(response.headers.get('location')).toBe('/en/class/');
      expect(await response.text()).toBe('');
    }
  }
});

test.each([
  `/${teacherFolder}/en/answers/index.html`,
  `/${teacherFolder}/en/answers/`,
  `/%2E${teacherFolder.slice(1)}/en/answers/index.html`,
  `//${teacherFolder}/en/answers/index.html`,
  '/en/answers/index.html',
  '/en/..%2f.teacher/en/answers/index.html',
])('%s leads to it for nobody, not even for the teacher', async (path) => {
  const teacher = await running.teacher();
  const response = await teacher.fetch(path);
  expect(response.status).toBe(404);
  expect(await response.text()).not.toContain(SECRET);
});

test('a server without classes has no teacher, and no answers', async () => {
  await running.end();
  running = await startClassServer({ site, data: undefined as never });
  const response = await running.device().fetch('/en/answers/');
  expect(response.status).toBe(302);
  expect(await response.text()).toBe('');
});
