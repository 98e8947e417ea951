/** A class that asks: who joins waits for the teacher's yes. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { mostWaiting, waitingMs } from '../../classroom/waiting.ts';
import {
  startClassServer,
  type ClassServer,
  type Device,
  type LiveClass,
} from './testing/class-server.ts';

let course: ClassServer;
let by: Device;
let code: string;
let id: string;
let live: LiveClass;
const devices: Device[] = [];
const obey = (request: object, one = by) => one.post(`/api/class/classes/${id}`, request);
beforeEach(async () => {
  course = await startClassServer();
  by = await course.teacher();
  devices.push(by);
  [{ code, id }] = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
  await obey({ type: 'asks', asks: true });
  live = by.live(id);
});
afterEach(async () => {
  vi.useRealTimers();
  for (const one of devices.splice(0)) one.close();
  await course.end();
});
const device = (): Device => {
  const made = course.device();
  devices.push(made);
  return made;
};
const waiting = () => live.messages.findLast((message) => message.type === 'class')?.waiting ?? [];
const names = () => waiting().map(({ name }) => name);
const ids = (...some: string[]) => waiting().filter(({ name }) => some.includes(name)).map((one) => one.id); // prettier-ignore
const answer = (isYes: boolean, ...some: string[]) =>
  obey({ type: 'answer', ids: ids(...some), isYes });
async function ask(name: string) {
  const one = device();
  const joined = await one.post('/api/class/join', { code, name });
  const ticket = String(joined['ticket']);
  return Object.assign(one, {
    joined,
    ticket,
    check: (isLeaving = false) => one.post('/api/class/join/ticket', { ticket, isLeaving }),
  });
}
const me = async (one: Device) =>
  (await one.get('/api/class/me'))['member'] as { name: string } | null;

test('nobody is in before the yes; then they are, and who is refused is told', async () => {
  const [mei, lin, bot] = [await ask('Mei'), await ask('<b>Lin</b>'), await ask('bot')];
  expect(mei.joined['ticket']).toMatch(/^[\w-]{32}$/);
  await expect.poll(names).toEqual(['Mei', '<b>Lin</b>', 'bot']);
  expect(await mei.check()).toMatchObject({ status: 200, member: null });
  expect(await me(mei)).toBeNull();
  await answer(true, 'Mei', '<b>Lin</b>');
  await answer(false, 'bot');
  await expect.poll(names).toEqual([]);
  expect(await mei.check()).toMatchObject({ member: { name: 'Mei' } });
  expect(await lin.check()).toMatchObject({ member: { name: '<b>Lin</b>' } });
  expect(await bot.check()).toMatchObject({ status: 403, error: 'not-let-in' });
  expect(await me(mei)).toMatchObject({ name: 'Mei' });
  expect(await me(bot)).toBeNull();
  await expect.poll(() => live.members).toEqual(['Mei', '<b>Lin</b>']);
  // A ticket is used once.
  for (const one of [mei, bot])
    expect(await one.check()).toMatchObject({ status: 404, error: 'no-ticket' });
});

test('a yes holds although the class was closed and its code changed; who is a member is never asked', async () => {
  const mei = await ask('Mei');
  await expect.poll(names).toEqual(['Mei']);
  await answer(true, 'Mei');
  await obey({ type: 'lock', locked: true });
  await obey({ type: 'new-code' });
  const { member } = (await mei.check()) as unknown as { member: { words: string; code: string } };
  const other = device();
  const back = await other.post('/api/class/back', { code: member.code, words: member.words });
  expect(back).toMatchObject({ status: 200, name: 'Mei' });
  expect((await ask('Lin')).joined['error']).toBe('no-class');
});

test('a name of the list waits, too, and is kept for who waits', async () => {
  await by.post(`/api/class/classes/${id}/names`, { text: 'Mei\nLin' });
  const free = async () => (await device().post('/api/class/names', { code }))['names'] as { id: string; name: string }[]; // prettier-ignore
  const pick = (await free())[0]!.id;
  const [first, second] = [device(), device()];
  const { ticket } = await first.post('/api/class/join', { code, pick });
  expect(await second.post('/api/class/join', { code, pick })).toMatchObject({
    error: 'name-taken',
  });
  await expect.poll(names).toEqual(['Mei']);
  await answer(false, 'Mei');
  await expect.poll(names).toEqual([]);
  expect(await first.post('/api/class/join/ticket', { ticket, isLeaving: false })).toMatchObject({ error: 'not-let-in' }); // prettier-ignore
  const again = await second.post('/api/class/join', { code, pick });
  await expect.poll(names).toEqual(['Mei']);
  await answer(true, 'Mei');
  const joined = await second.post('/api/class/join/ticket', { ticket: again['ticket'], isLeaving: false }); // prettier-ignore
  expect(joined).toMatchObject({ member: { id: pick, name: 'Mei' } });
  expect((await free()).map(({ name }) => name)).toEqual(['Lin']);
});

test('who no longer waits is gone from the teacher’s page; without the question all come in', async () => {
  const [mei, lin] = [await ask('Mei'), await ask('Lin')];
  await expect.poll(names).toEqual(['Mei', 'Lin']);
  await mei.check(true);
  await expect.poll(names).toEqual(['Lin']);
  await obey({ type: 'asks', asks: false });
  expect(await lin.check()).toMatchObject({ member: { name: 'Lin' } });
  expect((await ask('Ada')).joined).toMatchObject({ status: 200, name: 'Ada' });
});

test('at most sixty wait; a refusal of those who are seen makes room, and answers nobody else', async () => {
  const all = await Promise.all(Array.from({ length: mostWaiting + 1 }, (_, n) => ask(`bot ${n}`)));
  const full = all.filter(({ joined }) => joined['error'] === 'waiting-full');
  expect(full).toHaveLength(1);
  await expect.poll(() => waiting().length).toBe(mostWaiting);
  const seen = waiting().map((one) => one.id);
  expect((await obey({ type: 'answer', ids: Array(101).fill('x'), isYes: true })).status).toBe(400);
  await obey({ type: 'answer', ids: [...seen.slice(1), 'no such'], isYes: false });
  await expect.poll(() => waiting().length).toBe(1);
  const refused = all.filter(({ joined }) => 'ticket' in joined);
  const answers = await Promise.all(refused.map((one) => one.check()));
  expect(answers.filter(({ error }) => error === 'not-let-in')).toHaveLength(mostWaiting - 1);
  expect((await ask('Mei')).joined).toHaveProperty('ticket');
  await expect.poll(names).toHaveLength(2);
});

test('only the teacher answers; a ticket is nobody else’s', async () => {
  const mei = await ask('Mei');
  await expect.poll(names).toEqual(['Mei']);
  const request = { type: 'answer', ids: ids('Mei'), isYes: true };
  expect((await obey(request, mei)).status).toBe(403);
  for (const ticket of ['', mei.ticket.slice(1), ids('Mei')[0]])
    expect(await device().post('/api/class/join/ticket', { ticket, isLeaving: true })).toMatchObject({ member: null }); // prettier-ignore
  expect(await mei.check()).toMatchObject({ status: 200, member: null });
  expect((await ask('\u202e')).joined).toMatchObject({ error: 'bad-name' });
});

test('after a restart the question is still asked, and a page that waited asks anew', async () => {
  const mei = await ask('Mei');
  await expect.poll(names).toEqual(['Mei']);
  await course.restart();
  live = by.live(id);
  expect(await mei.check()).toMatchObject({ status: 404, error: 'no-ticket' });
  await ask('Mei');
  await expect.poll(names).toEqual(['Mei']);
  expect(waitingMs).toBeGreaterThan(10_000);
});
