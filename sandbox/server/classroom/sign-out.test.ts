/** Who the teacher's browser is: a session that expires and can be ended, never the secret of the link. */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
const devices: Device[] = [];
beforeEach(async () => void (course = await startClassServer()));
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
/** Somebody who has copied the cookies of another browser. */
function thiefOf(other: Device): Device {
  const thief = device();
  for (const [name, value] of other.cookies) thief.cookies.set(name, value);
  return thief;
}
const isTeacher = async (one: Device) => (await one.get('/api/class/classes')).status === 200;
const out = (one: Device, everywhere: boolean) =>
  one.post('/api/class/teacher/out', { everywhere });
const tokenOf = (one: Device): string => [...one.cookies.values()][0]!;

test('the cookie is not the secret, each browser has its own, and the secret is no cookie', async () => {
  const [first, second] = [await teacher(), await teacher()];
  const { teacherSecret } = course.server;
  expect(new Set([tokenOf(first), tokenOf(second), teacherSecret]).size).toBe(3);
  const liar = thiefOf(first);
  const [name] = [...liar.cookies.keys()];
  for (const value of [teacherSecret!, '', `${tokenOf(first)}x`, tokenOf(first).slice(1)]) {
    liar.cookies.set(name!, value);
    expect(await isTeacher(liar), value).toBe(false);
  }
});

test('a stolen cookie is worthless after the sign-out, also after a restart; others stay', async () => {
  const [mine, other] = [await teacher(), await teacher()];
  const thief = thiefOf(mine);
  expect(await isTeacher(thief)).toBe(true);
  expect((await out(mine, false)).status).toBe(200);
  expect(mine.cookies.size).toBe(0);
  expect(await isTeacher(thief)).toBe(false);
  expect(await isTeacher(other)).toBe(true);
  await course.restart();
  expect(await isTeacher(thief)).toBe(false);
  expect(await isTeacher(other)).toBe(true);
});

test('signing out everywhere ends every browser and what it has open; the link opens it again', async () => {
  const [mine, other] = [await teacher(), await teacher()];
  const { classes } = await mine.post('/api/class/classes', { language: 'en' });
  const [{ id }] = classes as [{ id: string }];
  const thief = thiefOf(other);
  const streams = [mine, other, thief].map((one) => one.live(id));
  await expect.poll(() => streams.every(({ messages }) => messages.length > 0)).toBe(true);
  await out(mine, true);
  for (const { end } of streams) expect(await end).toBe(1006);
  for (const one of [other, thief]) {
    expect(await isTeacher(one)).toBe(false);
    expect(await one.live(id).end).toBe(403);
    for (const path of ['mqtt', 'watch', 'watch/x']) {
      const refused = new Promise((resolve) =>
        one
          .socket(`/class/${id}/${path}`)
          .on('unexpected-response', (_, { statusCode }) => resolve(statusCode)),
      );
      expect(await refused, path).toBe(403);
    }
  }
  const again = await teacher();
  expect((await again.get('/api/class/classes'))['browsers']).toBe(1);
});

test('nobody but the teacher signs anybody out', async () => {
  const mine = await teacher();
  const { classes } = await mine.post('/api/class/classes', { language: 'en' });
  const [{ code }] = classes as [{ code: string }];
  const mei = device();
  await mei.post('/api/class/join', { code, name: 'Mei' });
  for (const one of [device(), mei])
    expect(await out(one, true)).toMatchObject({ status: 403, error: 'not-teacher' });
  expect(await isTeacher(mine)).toBe(true);
  expect((await mine.post('/api/class/teacher/out', { everywhere: 'yes' })).status).toBe(400);
  expect(await isTeacher(mine)).toBe(true);
});

test('the link opened again in one browser is one session; of more than fifty the oldest ends', async () => {
  const mine = await teacher();
  const secret = course.server.teacherSecret;
  const before = thiefOf(mine);
  await mine.post('/api/class/teacher', { secret });
  expect(await isTeacher(before)).toBe(false);
  expect((await mine.get('/api/class/classes'))['browsers']).toBe(1);
  let last = mine;
  for (let n = 0; n < 50; n++) last = await teacher();
  expect(await isTeacher(mine)).toBe(false);
  expect((await last.get('/api/class/classes'))['browsers']).toBe(50);
});

test('with a new secret no browser of the old one is the teacher’s', async () => {
  const mine = await teacher();
  await rm(join(course.folder, 'data', 'teacher-secret'));
  await course.restart();
  expect(await isTeacher(mine)).toBe(false);
  expect(await isTeacher(await teacher())).toBe(true);
});

test('no token is in the data folder', async () => {
  const mine = await teacher();
  const data = join(course.folder, 'data');
  const names = (await readdir(data, { withFileTypes: true })).filter((one) => one.isFile());
  for (const { name } of names)
    expect((await readFile(join(data, name))).includes(tokenOf(mine)), name).toBe(false);
});
