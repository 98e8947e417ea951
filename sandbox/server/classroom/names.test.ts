/** The teacher's list of names: pasted, picked, released; and two members who are one learner. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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
const paste = (text: string) => by.post(`/api/class/classes/${id}/names`, { text });
const change = (body: object) => by.post(`/api/class/classes/${id}`, body);
type Name = { id: string; name: string };
const free = async (): Promise<Name[]> =>
  (await device().post('/api/class/names', { code }))['names'] as Name[];
const pick = (one: Device, member: string) => one.post('/api/class/join', { code, pick: member });
const me = async (one: Device) =>
  (await one.get('/api/class/me'))['member'] as { id: string; name: string; words: string } | null;

test('learners pick themselves; a name that is taken is no longer offered', async () => {
  expect(await paste('Mei\n\n<b>Lin</b>\n\u202eadA\n \u200b\n')).toEqual({ status: 200, added: 3, known: 0, unreadable: 1 }); // prettier-ignore
  const names = await free();
  expect(names.map(({ name }) => name)).toEqual(['Mei', '<b>Lin</b>', 'adA']);
  const mei = device();
  expect(await pick(mei, names[0]!.id)).toMatchObject({ status: 200, name: 'Mei', code });
  expect((await free()).map(({ name }) => name)).toEqual(['<b>Lin</b>', 'adA']);
  expect(await pick(device(), names[0]!.id)).toMatchObject({ status: 409, error: 'name-taken' });
  expect(await pick(device(), 'nobody')).toMatchObject({ status: 409, error: 'name-taken' });
  // Who is not on the list types a name, and is told apart from those who are.
  expect(await device().post('/api/class/join', { code, name: 'mei' })).toMatchObject({ name: 'mei 2' }); // prettier-ignore
  await course.restart();
  expect(await me(mei)).toMatchObject({ name: 'Mei' });
  expect((await free()).map(({ name }) => name)).toEqual(['<b>Lin</b>', 'adA']);
});

test('of twenty who pick one name at the same moment one has it', async () => {
  await paste('Mei\nLin');
  const [mei, lin] = await free();
  const all = [...Array(20)].map(() => device());
  const answers = Promise.all(all.map((one) => pick(one, mei!.id)));
  // The teacher renames meanwhile.
  const renamed = change({ type: 'rename', member: mei!.id, name: 'Mei-Lin' });
  const statuses = (await answers).map(({ status }) => status);
  expect((await renamed).status).toBe(200);
  expect(statuses.filter((one) => one === 200)).toHaveLength(1);
  expect(statuses.filter((one) => one === 409)).toHaveLength(19);
  expect(await free()).toEqual([lin]);
  expect(await me(all[statuses.indexOf(200)]!)).toMatchObject({ name: 'Mei-Lin' });
});

test('5,000 names are refused with a reason, and nobody is added; 300 are a class', async () => {
  const list = (n: number) => Array.from({ length: n }, (_, at) => `Name ${at}`).join('\n');
  expect(await paste(list(5_000))).toMatchObject({ status: 400, error: 'too-many-names' });
  expect(await paste('美'.repeat(250_000))).toMatchObject({ status: 400, error: 'bad-request' });
  expect(await free()).toEqual([]);
  expect(await paste(list(300))).toMatchObject({ added: 300 });
  // Again, with one more: nobody is there twice, and the one is too many.
  expect(await paste(list(300))).toMatchObject({ added: 0, known: 300 });
  expect(await paste(list(301))).toMatchObject({ error: 'too-many-names' });
  expect(await free()).toHaveLength(300);
});

test('only the teacher pastes; a closed class shows no names; only the list, if it is set so', async () => {
  const mei = device();
  expect(await mei.post(`/api/class/classes/${id}/names`, { text: 'x' })).toMatchObject({ error: 'not-teacher' }); // prettier-ignore
  await paste('Mei\nLin');
  await change({ type: 'list-only', listOnly: true });
  const answer = await device().post('/api/class/names', { code });
  expect(answer).toMatchObject({ listOnly: true });
  expect(await mei.post('/api/class/join', { code, name: 'Eve' })).toMatchObject({ status: 403, error: 'not-on-list' }); // prettier-ignore
  const [first] = await free();
  await course.restart();
  expect(await mei.post('/api/class/join', { code, name: 'Eve' })).toMatchObject({ error: 'not-on-list' }); // prettier-ignore
  await change({ type: 'lock', locked: true });
  expect(await device().post('/api/class/names', { code })).toMatchObject({ error: 'class-locked' }); // prettier-ignore
  expect(await pick(mei, first!.id)).toMatchObject({ error: 'class-locked' });
});

test('names can’t be read by guessing codes', async () => {
  const wrong = code === 'BBBBBB' ? 'CCCCCC' : 'BBBBBB';
  for (let n = 0; n < 60; n++) await device().post('/api/class/names', { code: wrong });
  expect(await device().post('/api/class/names', { code })).toMatchObject({ status: 429 });
});

test('a name that the wrong learner picked is free again: their device and words are nobody’s', async () => {
  await paste('Mei');
  const [{ id: seat }] = (await free()) as [Name];
  const wrong = device();
  await pick(wrong, seat);
  const { words } = (await me(wrong))!;
  const room = await wrong.open('a/one');
  await room.publish(course.origin, true);
  const live = by.live(id);
  await expect.poll(() => live.row('a/one')?.passed).toBeGreaterThan(0);
  await change({ type: 'release', member: seat });
  expect(await me(wrong)).toBeNull();
  expect(await device().post('/api/class/back', { code, words })).toMatchObject({ error: 'no-member' }); // prettier-ignore
  const right = device();
  await pick(right, seat);
  // What was done stays: the teacher removes the learner to have it gone.
  expect(JSON.parse(String((await right.get('/api/class/me') as any).member.progress)).exercises).toHaveProperty('a/one'); // prettier-ignore
});

test('the words of a name that is free take it', async () => {
  await paste('Mei');
  const live = by.live(id);
  await expect.poll(() => live.members).toEqual(['Mei']);
  const message = live.messages.findLast((one) => one.type === 'class')!;
  const { words } = message.members[0]!;
  expect(await device().post('/api/class/back', { code, words })).toMatchObject({ name: 'Mei' });
  expect(await free()).toEqual([]);
});

test('those who have not begun are removed without the names of the list', async () => {
  await paste('Mei');
  await device().post('/api/class/join', { code, name: 'bot' });
  await change({ type: 'remove-idle', until: Date.now() });
  expect((await free()).map(({ name }) => name)).toEqual(['Mei']);
  const live = by.live(id);
  await expect.poll(() => live.members).toEqual(['Mei']);
});

test('two members become one: work, progress, devices of the one that stays', async () => {
  const [kept, gone] = [device(), device()];
  for (const one of [kept, gone]) await one.post('/api/class/join', { code, name: 'Mei' });
  const [into, from] = [(await me(kept))!, (await me(gone))!];
  const room = await gone.open('a/one');
  await room.run();
  await room.publish(course.origin, true);
  await kept.post('/api/class/progress', { version: 1, lessons: { one: { opened: 5 } }, exercises: {} }); // prettier-ignore
  await gone.post('/api/class/progress', { version: 1, lessons: { two: { opened: 6 } }, exercises: {} }); // prettier-ignore
  const live = by.live(id);
  await expect.poll(() => live.work.get(`${from.id} a/one`)?.passed).toBeGreaterThan(0);
  const before = live.work.get(`${from.id} a/one`)!;
  expect((await change({ type: 'merge', member: into.id, from: into.id })).status).toBe(400);
  expect((await change({ type: 'merge', member: into.id, from: from.id })).status).toBe(200);
  expect(await me(gone)).toBeNull();
  await expect.poll(() => live.work.get(`${into.id} a/one`)).toMatchObject({ passed: before.passed, tries: before.tries }); // prettier-ignore
  await expect.poll(() => live.members).toEqual(['Mei']);
  await course.restart();
  const progress = JSON.parse((await kept.get('/api/class/me') as any).member.progress); // prettier-ignore
  expect(Object.keys(progress.lessons).sort()).toEqual(['one', 'two']);
  expect(progress.exercises['a/one'].passed).toBe(before.passed);
});

test('who typed a name of the list is made that member, and stays on their device', async () => {
  const mei = device();
  await mei.post('/api/class/join', { code, name: 'mei' });
  await paste('Mei-Lin Chen');
  const [seat] = await free();
  await change({ type: 'merge', member: (await me(mei))!.id, from: seat!.id });
  expect(await me(mei)).toMatchObject({ name: 'Mei-Lin Chen' });
  expect(await free()).toEqual([]);
  await course.restart();
  expect(await me(mei)).toMatchObject({ name: 'Mei-Lin Chen' });
});

test('a full disk: nothing is half done', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  await paste('Mei');
  const [kept, gone] = [device(), device()];
  for (const one of [kept, gone]) await one.post('/api/class/join', { code, name: 'Lin' });
  const [into, from] = [(await me(kept))!, (await me(gone))!];
  const { SqliteStore } = await import('../../store/sqlite.ts');
  const full = vi.spyOn(SqliteStore.prototype, 'write').mockRejectedValue(new Error('full'));
  expect(await paste('Ada')).toMatchObject({ status: 507 });
  expect(await pick(device(), (await free())[0]!.id)).toMatchObject({ status: 507 });
  expect(await change({ type: 'merge', member: into.id, from: from.id })).toMatchObject({ status: 507 }); // prettier-ignore
  full.mockRestore();
  expect((await free()).map(({ name }) => name)).toEqual(['Mei']);
  expect(await me(gone)).toMatchObject({ name: 'Lin 2' });
  expect((await pick(device(), (await free())[0]!.id)).status).toBe(200);
  vi.restoreAllMocks();
});
