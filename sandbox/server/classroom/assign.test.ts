/** What a teacher assigns: kept, told to the class, in the export; hints are withheld during a test. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { parseWatchMessage } from '../../protocol/parse-message.ts';
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
  [{ code, id }] = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
});
afterEach(async () => {
  for (const one of devices.splice(0)) one.close();
  await course.end();
});
async function member(name: string): Promise<Device> {
  const made = course.device();
  devices.push(made);
  expect((await made.post('/api/class/join', { code, name })).status).toBe(200);
  return made;
}
const item = (exercise: string, from: number | null = null) => ({ exercise, from });
const assign = (assignment: unknown, one = by) =>
  one.post(`/api/class/classes/${id}`, { type: 'assign', assignment });
const assigned = { isTest: false, exercises: [item('a/two', 7), item('a/one')] };

test('it is on the teacher’s page, outlives a restart, and goes when it is taken back', async () => {
  const shown = (live: ReturnType<Device['live']>) => {
    const last = live.messages.findLast((message) => message.type === 'class');
    return last?.class.assignment;
  };
  const live = by.live(id);
  expect((await assign(assigned)).status).toBe(200);
  await expect.poll(() => shown(live)).toEqual(assigned);
  await course.restart();
  const again = by.live(id);
  await expect.poll(() => shown(again)).toEqual(assigned);
  await assign(null);
  await expect.poll(() => shown(again)).toBeNull();
});

test.each([
  ['an exercise that the course has not', { isTest: false, exercises: [item('no/such')] }, 404],
  ['none', { isTest: false, exercises: [] }, 400],
  ['one twice', { isTest: false, exercises: [item('a/one'), item('a/one', 5)] }, 400],
  [
    'a time that is no number',
    { isTest: false, exercises: [{ exercise: 'a/one', from: 'x' }] },
    400,
  ],
  ['no choice of a test', { exercises: [item('a/one')] }, 400],
])('%s is refused, and what was assigned stays', async (_, bad, status) => {
  await assign(assigned);
  expect((await assign(bad)).status).toBe(status);
  const live = by.live(id);
  await expect.poll(() => live.messages[0]).toMatchObject({ class: { assignment: assigned } });
});

test('only the teacher assigns', async () => {
  for (const one of [await member('Mei'), course.device()])
    expect((await assign(assigned, one)).status).toBe(403);
});

test('a learner’s page has it from the class’s broker, and may not write it', async () => {
  await assign(assigned);
  const mei = await member('Mei');
  const { id: me } = (await mei.get('/api/class/me'))['member'] as { id: string };
  const cookie = [...mei.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const { connectAsync } = await import('mqtt');
  const client = await connectAsync(`${course.origin.replace('http', 'ws')}/class/mqtt`, {
    ...{ protocolVersion: 5, clientId: `${me}.1`, reconnectPeriod: 0, timerVariant: 'native' },
    wsOptions: { headers: { cookie } },
  });
  const heard: unknown[] = [];
  client.on('message', (_, payload) => heard.push(payload.length > 0 ? JSON.parse(String(payload)) : null)); // prettier-ignore
  await client.subscribeAsync('class/all/assignment');
  const open = (isTest: boolean) => ({ isTest, exercises: assigned.exercises.map((one) => ({ ...one, isOpen: true })) }); // prettier-ignore
  await expect.poll(() => heard).toEqual([open(false)]);
  const write = client.publishAsync('class/all/assignment', '', { qos: 1, retain: true });
  await expect(write).rejects.toMatchObject({ code: 0x87 });
  await assign({ ...assigned, isTest: true });
  await assign(null);
  await expect.poll(() => heard).toEqual([open(false), open(true), null]);
  await client.endAsync(true);
});

test('during a test the server withholds hints from the learner, not from the teacher', async () => {
  const mei = await member('Mei');
  const live = by.live(id);
  const pages = await Promise.all(['a/one', 'a/two'].map((name) => mei.open(name)));
  const hints = pages.map(({ keys }) => {
    const seen: (string | undefined)[] = [];
    const socket = mei.socket(`/watch/${keys.address}?key=${keys.watchKey}`);
    socket.on('message', (data, isBinary) => {
      const message = isBinary ? undefined : parseWatchMessage(String(data));
      if (message?.type === 'checks') seen.push(message.results.find(({ hint }) => hint)?.hint?.id);
    });
    return seen;
  });
  await assign({ isTest: true, exercises: [item('a/one')] });
  for (const page of pages) {
    await page.run();
    await page.publish(course.origin, false);
  }
  await expect.poll(() => live.row('a/one')?.hint?.id).toBe('not-retained');
  await expect.poll(() => hints[1]!.at(-1)).toBe('not-retained');
  for (const { results } of pages) await expect.poll(() => results.at(-1)).toBe('2: true not-yet');
  expect(hints[0]!.length).toBeGreaterThan(0);
  // What came before the test began had its hint.
  const before = hints[0]!.lastIndexOf('silent');
  expect(hints[0]!.slice(before + 1)).not.toContain('not-retained');
  // The test is over: the next results have theirs again.
  await assign(null);
  await pages[0]!.run();
  await pages[0]!.publish(course.origin, false);
  await expect.poll(() => hints[0]!.at(-1)).toBe('not-retained');
});

test('the export has the places, also of what nobody has begun', async () => {
  const mei = await member('Mei');
  await assign(assigned);
  const page = await mei.open('a/one');
  await page.run();
  await page.publish(course.origin, true);
  const live = by.live(id);
  await expect.poll(() => live.row('a/one')?.passed).toBeGreaterThan(0);
  const csv = await (await by.fetch(`/api/class/classes/${id}/export.csv`)).text();
  const rows = csv.split('\r\n').slice(1, -1);
  expect(rows).toEqual([expect.stringMatching(/^Mei,a\/one,2,.*,checks,1,/), 'Mei,a/two,1,,,,0,']);
  const json = await by.get(`/api/class/classes/${id}/export.json`);
  expect(json['assignment']).toEqual({
    is_test: false,
    exercises: [
      { exercise: 'a/two', open_from: '1970-01-01 00:00:00' },
      { exercise: 'a/one', open_from: '' },
    ],
  });
  expect(json['members']).toMatchObject([
    {
      exercises: [
        { exercise: 'a/one', assigned: 2 },
        { exercise: 'a/two', assigned: 1, tries: 0 },
      ],
    },
  ]);
});
