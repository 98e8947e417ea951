/** The mistakes of a class: decided by the checks on the server, shown with a program, of nobody. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { frequent } from '../../classroom/mistakes.ts';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
let by: Device;
let code: string;
let id: string;
const devices: Device[] = [];
beforeEach(async () => {
  course = await startClassServer({ limits: { watchBatchMs: 0 } as never });
  by = await course.teacher();
  [{ code, id }] = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
});
afterEach(async () => {
  for (const one of devices.splice(0)) one.close();
  await course.end();
});

async function member(name: string): Promise<Device & { member: string }> {
  const made = course.device();
  devices.push(made);
  const joined = await made.post('/api/class/join', { code, name });
  return Object.assign(made, { member: String(joined['id']) });
}
const files = (text: string) => [{ name: 'a.ts', text }];
const send = (one: Device, text: string, exercise = 'a/one') =>
  one.post('/api/class/mistake', { exercise, files: files(text) });
const mistakes = async (one = by, exercise = 'a/one') =>
  one.get(`/api/class/classes/${id}/mistakes?exercise=${exercise}`);
const live = async (count: number) => {
  const stream = by.live(id);
  await expect.poll(() => [...stream.work.values()].filter(({ hint }) => hint).length).toBe(count);
};

test('the hint is the server’s, the program the page’s; nobody’s name is told', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  for (const one of [mei, lin]) {
    const room = await one.open('a/one');
    await room.run();
    await room.publish(course.origin, false);
  }
  await live(2);
  await send(mei, '// <b>first</b>');
  await send(lin, '// second');
  const response = await mistakes();
  expect(response['mistakes']).toEqual([
    { hint: { id: 'not-retained', values: { topic: '=1+1' } }, learners: 2, files: files('// second') }, // prettier-ignore
  ]);
  expect(JSON.stringify(response)).not.toMatch(new RegExp(`Mei|Lin|${mei.member}|${lin.member}`));
  expect((await mistakes(mei)).status).toBe(403);
  expect((await mistakes(by, 'a/two'))['mistakes']).toEqual([]);
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: lin.member });
  expect((await mistakes())['mistakes']).toMatchObject([{ learners: 1, files: files('// <b>first</b>') }]); // prettier-ignore
  const data = join(course.folder, 'data');
  const names = (await readdir(data, { withFileTypes: true })).filter((one) => one.isFile());
  for (const { name } of names) expect(String(await readFile(join(data, name)))).not.toContain('// second'); // prettier-ignore
});

test('without a run that failed on the server nothing is kept; too much is refused', async () => {
  const mei = await member('Mei');
  expect((await send(mei, '// never run')).status).toBe(200);
  expect((await send(mei, '// never run', '__proto__')).status).toBe(200);
  const room = await mei.open('a/one');
  await room.run();
  await room.publish(course.origin, false);
  await live(1);
  expect((await send(mei, 'x'.repeat(8_001))).status).toBe(400);
  expect((await mei.post('/api/class/mistake', { exercise: 'a/one', files: [] })).status).toBe(400);
  const stranger = course.device();
  expect((await send(stranger, 'x')).status).toBe(404);
  expect((await mistakes())['mistakes']).toEqual([]);
  const flood = await Promise.all(Array.from({ length: 40 }, (_, n) => send(mei, `// ${n}`)));
  expect(flood.filter(({ status }) => status === 429).length).toBeGreaterThan(10);
  expect((await mistakes())['mistakes']).toHaveLength(1);
});

test('the three most frequent ones, the most frequent first', () => {
  const row = (hint: string, member: string) => ({
    ...{ member, exercise: 'a/one', hint, made: 1 },
    example: { files: files(`${hint} ${member}`), values: {} },
  });
  const rows = [row('d', '1'), row('a', '1'), row('b', '1'), row('c', '1'), row('b', '2'), row('c', '2'), row('c', '3')]; // prettier-ignore
  expect(frequent(rows).map(({ hint, learners }) => [hint.id, learners])).toEqual([
    ['c', 3],
    ['b', 2],
    ['d', 1],
  ]);
  expect(frequent(rows)[0]!.files).toEqual(files('c 1'));
});
