/** What a learner may try against a class: guessing, other people's work, junk; and what a deletion leaves. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
let by: Device;
let code: string;
let id: string;
const devices: Device[] = [];
beforeEach(async () => {
  course = await startClassServer({ limits: { watchBatchMs: 0 } as never });
  by = await course.teacher();
  devices.push(by);
  const { classes } = await by.post('/api/class/classes', { language: 'en' });
  [{ code, id }] = classes as [{ code: string; id: string }];
});
afterEach(async () => {
  for (const one of devices.splice(0)) one.close();
  await course.end();
});

const device = (): Device => {
  const made = course.device();
  devices.push(made);
  return made;
};
async function member(name: string): Promise<Device & { words: string; member: string }> {
  const made = device();
  const joined = await made.post('/api/class/join', { code, name });
  expect(joined.status).toBe(200);
  return Object.assign(made, { words: String(joined['words']), member: String(joined['id']) });
}
const me = async (one: Device) => (await one.get('/api/class/me'))['member'];
const wrongCode = () => (code === 'BBBBBB' ? 'CCCCCC' : 'BBBBBB');

test('wrong guesses of a learner lock out neither the teacher nor who is in the class', async () => {
  const mei = await member('Mei');
  for (let n = 0; n < 61; n++)
    await device().post('/api/class/join', { code: wrongCode(), name: 'x' });
  for (let n = 0; n < 61; n++) await device().post('/api/class/teacher', { secret: 'x' });
  expect(await device().post('/api/class/join', { code, name: 'x' })).toMatchObject({
    error: 'too-many-requests',
  });
  const secret = course.server.teacherSecret;
  expect((await device().post('/api/class/teacher', { secret })).status).toBe(200);
  expect(await me(mei)).toMatchObject({ name: 'Mei' });
});

test('words can’t be guessed: after 60 wrong ones right ones fail, but joining goes on', async () => {
  const { words } = await member('Mei');
  for (let n = 0; n < 60; n++)
    expect((await device().post('/api/class/back', { code, words: `x${n}` })).status).toBe(404);
  expect((await device().post('/api/class/back', { code, words })).status).toBe(429);
  expect((await device().post('/api/class/join', { code, name: 'Lin' })).status).toBe(200);
});

test('a join code can’t be found out by the way of words either', async () => {
  for (let n = 0; n < 60; n++)
    await device().post('/api/class/back', { code: wrongCode(), words: 'x' });
  expect((await device().post('/api/class/back', { code, words: 'x' })).status).toBe(429);
  expect((await device().post('/api/class/join', { code, name: 'Lin' })).status).toBe(429);
});

test('a pass does not become the next member’s, also with nobody at the page in between', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const page = await mei.open('a/one');
  await page.publish(course.origin, true);
  await expect.poll(() => page.results.at(-1)).toBe('1: true true');
  const live = by.live(id);
  await expect.poll(() => live.work.size).toBe(1);
  await device().watch(page.keys);
  const second = await lin.watch(page.keys);
  await device().watch(page.keys);
  await lin.watch(page.keys);
  await second.run();
  await expect.poll(() => live.work.get(`${lin.member} a/one`)?.tries).toBe(1);
  expect(live.work.get(`${lin.member} a/one`)?.passed).toBeNull();
  await second.publish(course.origin, true);
  await expect.poll(() => live.work.get(`${lin.member} a/one`)?.passed).toBeGreaterThan(0);
});

test('what a member does goes on counting after a page of nobody watched the room', async () => {
  const mei = await member('Mei');
  const page = await mei.open('a/one');
  await page.run();
  await device().watch(page.keys);
  await mei.watch(page.keys);
  await page.publish(course.origin, true);
  const live = by.live(id);
  await expect.poll(() => live.row('a/one')?.passed).toBeGreaterThan(0);
});

test('a token that was copied is nobody’s after the member has left on that device', async () => {
  const mei = await member('Mei');
  const [[name, token]] = [...mei.cookies] as [[string, string]];
  const other = device();
  await other.post('/api/class/back', { code, words: mei.words });
  await mei.post('/api/class/leave', {});
  const thief = device();
  thief.cookies.set(name, token);
  expect(await me(thief)).toBeNull();
  expect(await me(other)).toMatchObject({ name: 'Mei' });
});

test('several devices that come back at once all stay', async () => {
  const mei = await member('Mei');
  const others = Array.from({ length: 6 }, device);
  await Promise.all(others.map((one) => one.post('/api/class/back', { code, words: mei.words })));
  for (const one of [mei, ...others]) expect(await me(one)).toMatchObject({ name: 'Mei' });
});

test('progress is never more than is read again: junk is refused, and the rest stays', async () => {
  const mei = await member('Mei');
  const lessons = (from: number) =>
    Object.fromEntries(Array.from({ length: 400 }, (_, n) => [`l-${from + n}`, { opened: 1 }]));
  const file = (from: number) => ({ version: 1, lessons: lessons(from), exercises: {} });
  expect((await mei.post('/api/class/progress', file(0))).status).toBe(200);
  expect((await mei.post('/api/class/progress', file(1_000))).status).toBe(400);
  const { progress } = (await me(mei)) as { progress: string };
  expect(Object.keys(JSON.parse(progress).lessons)).toHaveLength(400);
});

test.each([
  ['a lesson __proto__', '{"version":1,"lessons":{"__proto__":{"opened":1}},"exercises":{}}'],
  [
    'an exercise of __proto__',
    '{"version":1,"lessons":{},"exercises":{"__proto__/x":{"passed":1}}}',
  ],
  ['200,000 letters', `{"version":1,"lessons":{},"exercises":{},"x":"${'x'.repeat(200_000)}"}`],
  ['a list', '[]'],
])('progress with %s is refused', async (_, body) => {
  const mei = await member('Mei');
  expect((await mei.fetch('/api/class/progress', { method: 'POST', body })).status).toBe(400);
});

test('names of built-in properties are names like any others', async () => {
  const mei = await member('__proto__');
  const lin = await member('constructor');
  for (const name of ['__proto__', 'constructor', 'toString'])
    for (const type of ['remove', 'rename'])
      expect(
        (await by.post(`/api/class/classes/${id}`, { type, member: name, name: 'x' })).status,
      ).toBe(404);
  const progress = { version: 1, lessons: { constructor: { opened: 5 } }, exercises: {} };
  expect((await mei.post('/api/class/progress', progress)).status).toBe(200);
  expect(JSON.parse(((await me(mei)) as { progress: string }).progress)).toEqual(progress);
  expect(await me(lin)).toMatchObject({ name: 'constructor' });
});

test('a formula behind a semicolon stays in its cell of the export', async () => {
  await member('x;=1+1');
  await member('x\u2002;@y');
  const csv = await (await by.fetch(`/api/class/classes/${id}/export.csv`)).text();
  expect(csv.split('\r\n').slice(1, 3)).toEqual(['"x;=1+1",,,,,,,', '"x ;@y",,,,,,,']);
});

test('no byte of a removed learner or a deleted class is left in the data folder', async () => {
  const data = join(course.folder, 'data');
  const stored = async (text: string): Promise<boolean> => {
    const entries = await readdir(data, { withFileTypes: true });
    const names = entries.filter((one) => one.isFile()).map(({ name }) => name);
    const files = await Promise.all(names.map((name) => readFile(join(data, name))));
    return files.some((bytes) => bytes.includes(text));
  };
  const zoe = await member('Zoe Zwetschge');
  const lin = await member('Lin Quitte');
  const progress = { version: 1, lessons: { pflaume: { opened: 5 } }, exercises: {} };
  await zoe.post('/api/class/progress', progress);
  for (const text of ['Zwetschge', 'Quitte', 'pflaume']) expect(await stored(text)).toBe(true);
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: zoe.member });
  for (const text of ['Zwetschge', zoe.words, 'pflaume']) expect(await stored(text)).toBe(false);
  expect(await stored('Quitte')).toBe(true);
  await by.post(`/api/class/classes/${id}`, { type: 'delete' });
  for (const text of ['Quitte', lin.words, code]) expect(await stored(text)).toBe(false);
});

test('a flood of joins does not fill a class, and goes with one press', async () => {
  const joins = Array.from({ length: 300 }, (_, n) =>
    device().post('/api/class/join', { code, name: `bot ${n}` }),
  );
  const refused = (await Promise.all(joins)).filter(({ error }) => error === 'joins-busy');
  expect(refused.length).toBeGreaterThan(150);
  const live = by.live(id);
  await expect.poll(() => live.members.length).toBe(300 - refused.length);
  await by.post(`/api/class/classes/${id}`, { type: 'remove-idle', until: Date.now() });
  await expect.poll(() => live.members).toEqual([]);
});
