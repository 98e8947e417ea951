/** Classes over real HTTP and WebSockets: joining, what counts as passed, the teacher's live stream. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
const devices: Device[] = [];
beforeEach(
  async () => void (course = await startClassServer({ limits: { watchBatchMs: 0 } as never })),
);
afterEach(async () => {
  for (const device of devices.splice(0)) device.close();
  await course.end();
});

const device = (): Device => {
  const made = course.device();
  devices.push(made);
  return made;
};
async function teacher(): Promise<Device> {
  const made = await course.teacher();
  devices.push(made);
  return made;
}
interface Info {
  id: string;
  code: string;
}
async function newClass(by: Device, language = 'en'): Promise<Info> {
  const { classes } = await by.post('/api/class/classes', { language });
  return (classes as Info[])[0]!;
}
async function member(code: string, name: string): Promise<Device> {
  const made = device();
  const { status } = await made.post('/api/class/join', { code, name });
  expect(status).toBe(200);
  return made;
}
const me = async (one: Device) =>
  (await one.get('/api/class/me'))['member'] as Record<string, unknown> | null;

test('the secret in the data folder is its owner’s, and survives a restart', async () => {
  const { teacherSecret } = course.server;
  expect(teacherSecret).toMatch(/^[\w-]{32}$/);
  const { mode } = await stat(join(course.folder, 'data', 'teacher-secret'));
  if (process.platform !== 'win32') expect(mode & 0o777).toBe(0o600);
  await course.restart();
  expect(course.server.teacherSecret).toBe(teacherSecret);
});

test('the secret becomes a cookie that no script reads and no other site sends', async () => {
  const response = await device().fetch('/api/class/teacher', {
    method: 'POST',
    body: JSON.stringify({ secret: course.server.teacherSecret }),
  });
  expect(response.headers.get('set-cookie')).toMatch(
    /^retained-teacher-\w{8}=[\w-]{32}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict$/,
  );
  const wrong = await device().post('/api/class/teacher', { secret: 'x'.repeat(32) });
  expect(wrong).toMatchObject({ status: 403, error: 'not-teacher' });
});

test('nothing of the teacher’s is for a member or a stranger', async () => {
  const { id, code } = await newClass(await teacher());
  for (const one of [device(), await member(code, 'Mei')]) {
    for (const path of ['classes', `classes/${id}/export.csv`, `classes/${id}/export.json`])
      expect((await one.get(`/api/class/${path}`)).status, path).toBe(403);
    const change = await one.post(`/api/class/classes/${id}`, { type: 'delete' });
    expect(change).toMatchObject({ status: 403, error: 'not-teacher' });
    expect((await one.post('/api/class/classes', { language: 'en' })).status).toBe(403);
    expect(await one.live(id).end).toBe(403);
  }
});

test('a page of another site is refused, also with the cookies', async () => {
  const { id } = await newClass(await teacher());
  const headers = { origin: 'http://evil.example' };
  const response = await (
    await teacher()
  ).fetch(`/api/class/classes/${id}`, {
    ...{ method: 'POST', headers, body: '{"type":"delete"}' },
  });
  expect(response.status).toBe(400);
  expect(((await response.json()) as { error: string }).error).toBe('other-origin');
});

test('learners join with the code as they type it; equal names are told apart', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const typed = `${code.slice(0, 3)}-${code.slice(3)}`.toLowerCase();
  const first = await device().post('/api/class/join', { code: typed, name: ' Mei ' });
  expect(first).toMatchObject({ status: 200, name: 'Mei' });
  expect(first['words']).toMatch(/^[a-z]+-[a-z]+-[a-z]+$/);
  await member(code, 'ＭＥＩ');
  await member(code, '<img src=x onerror=alert(1)>');
  const live = by.live(id);
  await expect
    .poll(() => live.members)
    .toEqual(['Mei', 'ＭＥＩ 2', '<img src=x onerror=alert(1)>']);
});

test.each([
  ['empty', '', 'bad-name'],
  ['only what is not seen', '\u202e\u200b \u3164', 'bad-name'],
  ['10,000 letters', 'x'.repeat(10_000), 'bad-request'],
  ['a number', 7, 'bad-request'],
])('a name that is %s is refused', async (_, name, error) => {
  const { code } = await newClass(await teacher());
  expect(await device().post('/api/class/join', { code, name })).toMatchObject({ error });
});

test('a device comes back as itself, another one with the personal code', async () => {
  const by = await teacher();
  const { code } = await newClass(by, 'zh-tw');
  const mei = device();
  const { words } = await mei.post('/api/class/join', { code, name: '美' });
  expect(words).toMatch(/^\p{Script=Han}{2}-\p{Script=Han}{2}-\p{Script=Han}{2}$/u);
  await course.restart();
  expect(await me(mei)).toMatchObject({ name: '美', words, code });
  const other = device();
  expect(await me(other)).toBeNull();
  const typed = String(words).replaceAll('-', ' ');
  expect(await other.post('/api/class/back', { code, words: typed })).toMatchObject({ name: '美' });
  expect(await me(other)).toMatchObject({ name: '美' });
  // The first device stays.
  expect(await me(mei)).not.toBeNull();
  await other.post('/api/class/leave', {});
  expect(await me(other)).toBeNull();
});

test('a forged token, one of another member, and one of a removed member are nobody', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const [mei, lin] = [await member(code, 'Mei'), await member(code, 'Lin')];
  const [[name, token]] = [...mei.cookies] as [[string, string]];
  const [, other] = [...lin.cookies][0]!;
  const swapped = `${token.split('.')[0]}.${other.split('.')[1]}`;
  for (const forged of [swapped, `${token}x`, token.split('.')[0]!, '..', '']) {
    const thief = device();
    thief.cookies.set(name, forged);
    expect(await me(thief), forged).toBeNull();
  }
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: token.split('.')[0] });
  expect(await me(mei)).toBeNull();
});

test('a locked class takes nobody new; a new code makes the old one worthless', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const mei = device();
  const { words } = await mei.post('/api/class/join', { code, name: 'Mei' });
  await by.post(`/api/class/classes/${id}`, { type: 'lock', locked: true });
  const late = await device().post('/api/class/join', { code, name: 'Lin' });
  expect(late).toMatchObject({ status: 403, error: 'class-locked' });
  expect((await device().post('/api/class/back', { code, words })).status).toBe(200);
  await by.post(`/api/class/classes/${id}`, { type: 'lock', locked: false });
  await by.post(`/api/class/classes/${id}`, { type: 'new-code' });
  const old = await device().post('/api/class/join', { code, name: 'Lin' });
  expect(old).toMatchObject({ status: 404, error: 'no-class' });
  expect(await me(mei)).not.toBeNull();
});

test('codes can’t be guessed: after 60 wrong ones a right one fails, too', async () => {
  const { code } = await newClass(await teacher());
  const thief = device();
  const wrong = code === 'BBBBBB' ? 'CCCCCC' : 'BBBBBB';
  for (let n = 0; n < 60; n++) await thief.post('/api/class/join', { code: wrong, name: 'x' });
  const last = await thief.post('/api/class/join', { code, name: 'x' });
  expect(last).toMatchObject({ status: 429, error: 'too-many-requests' });
});

test('a pass is the checks’: the teacher sees it live, and it outlives a restart', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const mei = await member(code, 'Mei');
  const live = by.live(id);
  await expect.poll(() => live.members).toEqual(['Mei']);
  const page = await mei.open('a/one');
  await page.run();
  await page.publish(course.origin, false);
  await expect
    .poll(() => live.row('a/one'))
    .toMatchObject({
      ...{ tries: 1, green: 1, checks: 2, red: 'kept', passed: null },
      hint: { id: 'not-retained', values: { topic: '=1+1' } },
    });
  await page.run();
  await page.publish(course.origin, true);
  await expect.poll(() => page.results.at(-1)).toBe('3: true true');
  await expect.poll(() => live.row('a/one')).toMatchObject({ tries: 2, took: 2, red: null });
  const { passed } = live.row('a/one')!;
  expect(passed).toBeGreaterThan(0);
  await course.restart();
  const again = by.live(id);
  await expect.poll(() => again.row('a/one')?.passed).toBe(passed);
  const { progress } = (await me(mei))!;
  expect(JSON.parse(String(progress))).toMatchObject({ exercises: { 'a/one': { passed } } });
});

test('a room of before joining is the member’s as soon as their page watches it again', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const mei = device();
  const page = await mei.open('a/one');
  await mei.post('/api/class/join', { code, name: 'Mei' });
  await mei.watch(page.keys);
  await page.publish(course.origin, true);
  const live = by.live(id);
  await expect.poll(() => live.row('a/one')?.took).toBe(1);
});

test('what one member did in a room is not the next member’s', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const [mei, lin] = [await member(code, 'Mei'), await member(code, 'Lin')];
  const page = await mei.open('a/one');
  await page.publish(course.origin, true);
  await expect.poll(() => page.results.at(-1)).toBe('1: true true');
  const second = await lin.watch(page.keys);
  await expect.poll(() => second.results.at(-1)).toBe('1: true true');
  const live = by.live(id);
  await expect.poll(() => live.work.size).toBe(1);
  await second.run();
  await second.publish(course.origin, true);
  await expect.poll(() => live.work.size).toBe(2);
});

test('what a page says is “said”, until the checks say it', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const mei = await member(code, 'Mei');
  const mine = {
    version: 1,
    lessons: { a: { read: 5 } },
    exercises: { 'a/one': { passed: 7 }, 'no/such': { passed: 8 } },
  };
  const kept = await mei.post('/api/class/progress', mine);
  const all = { ...mine, exercises: { 'a/one': { passed: 7 } } };
  expect(JSON.parse(String(kept['progress']))).toEqual(all);
  const live = by.live(id);
  await expect.poll(() => live.row('a/one')).toMatchObject({ said: 7, passed: null });
  const page = await mei.open('a/one');
  await page.publish(course.origin, true);
  await expect.poll(() => live.row('a/one')?.passed).not.toBeNull();
  // Another device gets everything, and loses nothing of its own.
  const other = device();
  const { words } = (await me(mei))!;
  await other.post('/api/class/back', { code, words });
  const own = { version: 1, lessons: { b: { opened: 3 } }, exercises: {} };
  const joined = await other.post('/api/class/progress', own);
  expect(JSON.parse(String(joined['progress']))).toMatchObject({
    lessons: { a: { read: 5 }, b: { opened: 3 } },
    exercises: { 'a/one': { passed: live.row('a/one')!.passed } },
  });
  expect((await mei.post('/api/class/progress', { version: 1 })).status).toBe(400);
});

test('a class that is deleted takes everything with it', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const mei = await member(code, 'Mei');
  const live = by.live(id);
  await expect.poll(() => live.members).toEqual(['Mei']);
  const page = await mei.open('a/one');
  await page.publish(course.origin, true);
  await expect.poll(() => live.row('a/one')?.passed).toBeGreaterThan(0);
  await by.post(`/api/class/classes/${id}`, { type: 'delete' });
  expect(await live.end).toBe(1000);
  expect(live.messages.at(-1)).toEqual({ type: 'ended' });
  expect(await me(mei)).toBeNull();
  // The page goes on as that of anybody.
  await page.run();
  await page.publish(course.origin, true);
  await expect.poll(() => page.results.at(-1)).toBe('2: true true');
  await course.restart();
  expect((await by.get('/api/class/classes'))['classes']).toEqual([]);
});

test('the export has numbers as numbers, and no formula of a learner', async () => {
  const by = await teacher();
  const { id, code } = await newClass(by);
  const mei = await member(code, '=HYPERLINK("http://x")');
  await member(code, 'Lin, "the second"');
  const page = await mei.open('a/one');
  await page.run();
  await page.publish(course.origin, true);
  const live = by.live(id);
  await expect.poll(() => live.row('a/one')?.passed).toBeGreaterThan(0);
  const csv = await by.fetch(`/api/class/classes/${id}/export.csv`);
  expect(csv.headers.get('content-disposition')).toMatch(
    new RegExp(`^attachment; filename="class-${code}-\\d{4}-\\d\\d-\\d\\d\\.csv"$`),
  );
  const bytes = new Uint8Array(await csv.arrayBuffer());
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [head, first, second, end] = new TextDecoder().decode(bytes).split('\r\n');
  expect(head).toBe('name,exercise,assigned,first_try,passed_at,passed_by,tries,minutes');
  expect(first).toMatch(
    /^"'=HYPERLINK\(""http:\/\/x""\)",a\/one,,[\d-]{10} [\d:]{8},[\d-]{10} [\d:]{8},checks,1,\d+(\.\d)?$/,
  );
  expect([second, end]).toEqual(['"Lin, ""the second""",,,,,,,', '']);
  const all = await by.get(`/api/class/classes/${id}/export.json`);
  expect(all).toMatchObject({
    code,
    members: [{ exercises: [{ exercise: 'a/one', tries: 1 }] }, { exercises: [] }],
  });
});

test.each([
  ['/join', 'en', '/en/join/'],
  ['/join/KXTBRM', 'zh-TW,zh;q=0.9,en;q=0.8', '/zh-tw/join/#KXTBRM'],
  ['/join/<script>', 'en', null],
  ['/teach', 'fr,zh;q=0.5', '/zh-tw/class/'],
])('%s in %s leads to %s', async (path, accepted, to) => {
  const response = await device().fetch(path, { headers: { 'accept-language': accepted } });
  expect(response.headers.get('location')).toBe(to);
});
