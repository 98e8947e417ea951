/** A class's own broker over real WebSockets: presence, states, the teacher's words, and hostile members. */
import {
  connectAsync,
  type IClientOptions,
  type IClientPublishOptions,
  type MqttClient,
} from 'mqtt';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Looks } from '../../classroom/looks.ts';
import { SqliteStore } from '../../store/sqlite.ts';
import { classTopics as topics, mostScreenBytes } from '../../protocol/class-topics.ts';
import { readState } from '../../protocol/class-topics.ts';
import { startClassServer, type ClassServer, type Device } from './testing/class-server.ts';

let course: ClassServer;
let by: Device;
let code: string;
let id: string;
const clients: MqttClient[] = [];
beforeEach(async () => {
  course = await startClassServer({ limits: { watchBatchMs: 0 } as never });
  by = await course.teacher();
  [{ code, id }] = (await by.post('/api/class/classes', { language: 'en' }))['classes'] as [{ code: string; id: string }]; // prettier-ignore
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end(true);
  by.close();
  await course.end();
});

interface Heard {
  client: MqttClient;
  /** `<topic> <payload>`, as they came. */
  all: string[];
  /** The last payload of each topic. */
  last: Map<string, string>;
}
async function connect(device: Device, path: string, more: IClientOptions = {}): Promise<Heard> {
  const cookie = [...device.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const url = course.origin.replace('http', 'ws') + path;
  const options: IClientOptions = {
    ...{ protocolVersion: 5, reconnectPeriod: 0, timerVariant: 'native' },
    wsOptions: { headers: { cookie } },
    ...more,
  };
  const client = await connectAsync(url, options, false);
  clients.push(client);
  client.on('error', () => {});
  const heard: Heard = { client, all: [], last: new Map() };
  client.on('message', (topic, payload) => {
    heard.all.push(`${topic} ${String(payload)}`);
    heard.last.set(topic, String(payload));
  });
  return heard;
}
async function member(name: string) {
  const device = course.device();
  const joined = await device.post('/api/class/join', { code, name });
  const me = String(joined['id']);
  const will = { topic: topics.presence(me), payload: Buffer.from('away'), qos: 1, retain: true } as const; // prettier-ignore
  const page = (more: IClientOptions = {}) =>
    connect(device, '/class/mqtt', { clientId: `${me}.${Math.random()}`.slice(0, 60), will, ...more }); // prettier-ignore
  return { device, me, page };
}
async function teacherPage(filter = 'class/#'): Promise<Heard> {
  const heard = await connect(by, `/class/${id}/mqtt`, { clientId: `teacher.${Math.random()}` });
  await heard.client.subscribeAsync(filter, { qos: 1 });
  return heard;
}
/** What the teacher's page asks the server to say. */
const say = async (request: object) => {
  const response = await by.post(`/api/class/classes/${id}/say`, request);
  expect(response).toMatchObject({ status: 200, isKept: true });
};
const here = (client: MqttClient, me: string) =>
  client.publishAsync(topics.presence(me), 'here', { qos: 1, retain: true });
const refused = async (promise: Promise<unknown>) =>
  promise.then(
    () => 'taken',
    (error: { code?: number }) => error.code ?? 'refused',
  );

test('presence by last will: the teacher sees who is here, and who is gone without a word', async () => {
  const mei = await member('Mei');
  const { client } = await mei.page();
  await here(client, mei.me);
  const teacher = await teacherPage();
  await expect.poll(() => teacher.last.get(topics.presence(mei.me))).toBe('here');
  client.stream.destroy();
  await expect.poll(() => teacher.last.get(topics.presence(mei.me))).toBe('away');
});

test('a member’s state comes from the checks on the server, and is retained', async () => {
  const mei = await member('Mei');
  const teacher = await teacherPage('class/+/state');
  const room = await mei.device.open('a/one');
  await room.run();
  await room.publish(course.origin, true);
  const state = (heard: Heard) => readState(heard.last.get(topics.state(mei.me)) ?? '');
  await expect.poll(() => state(teacher)?.passed).toBeGreaterThan(0);
  expect(state(teacher)).toMatchObject({ exercise: 'a/one', tries: 1, green: 2 });
  const later = await teacherPage('class/+/state');
  await expect.poll(() => state(later)?.passed).toBe(state(teacher)?.passed);
  mei.device.close();
  await course.restart();
  const anew = await teacherPage('class/+/state');
  await expect.poll(() => state(anew)?.passed).toBe(state(teacher)?.passed);
});

test('the teacher’s note to all and to one; each member reads only their own', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const pages = await Promise.all([mei, lin].map(async ({ me, page }) => {
    const heard = await page();
    await heard.client.subscribeAsync(['class/all/+', `class/${me}/+`]);
    return heard;
  })); // prettier-ignore
  await say({ type: 'note', text: '<b>all</b>' });
  await say({ type: 'note', text: 'mei', to: mei.me });
  await say({ type: 'note', text: 'lin', to: lin.me });
  const texts = ({ all }: Heard) => all.map((one) => one.replace(/ \{.*"text":"(.*)"\}$/, ' $1'));
  await expect
    .poll(() => pages.map(texts))
    .toEqual([
      ['class/all/note <b>all</b>', `class/${mei.me}/note mei`],
      ['class/all/note <b>all</b>', `class/${lin.me}/note lin`],
    ]);
});

test('a member writes to nothing that is another’s, the teacher’s or the server’s', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const teacher = await teacherPage();
  const { client } = await mei.page();
  const forged: [string, IClientPublishOptions?][] = [
    [topics.presence(lin.me), { retain: true }],
    [topics.screen(lin.me)],
    [topics.state(mei.me), { retain: true }],
    [topics.note()],
    [topics.note(lin.me)],
    [topics.freeze],
    [topics.look(mei.me)],
    [topics.screen(mei.me), { retain: true }],
    ['class/all/presence', { retain: true }],
    ['anything'],
    ['$SYS/broker/version', { retain: true }],
  ];
  for (const [topic, options] of forged)
    expect([topic, await refused(client.publishAsync(topic, 'x', { ...options, qos: 1 }))]).toEqual([topic, 0x87]); // prettier-ignore
  // The teacher's page only reads: what the teacher says, the server says, when it has stored it.
  for (const topic of [topics.note(), topics.freeze, topics.look(mei.me), topics.state(mei.me)])
    expect([topic, await refused(teacher.client.publishAsync(topic, 'x', { qos: 1 }))]).toEqual([topic, 0x87]); // prettier-ignore
  const large = client.publishAsync(topics.presence(mei.me), 'x'.repeat(17), { qos: 1 });
  expect(await refused(large)).toBe(0x87);
  await here(client, mei.me);
  await expect.poll(() => teacher.all).toContain(`class/${mei.me}/presence here`);
  expect(teacher.all.filter((one) => !one.includes(' here'))).toEqual([]);
});

test('no wildcard and no shared subscription reads the others', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const spy = await mei.page();
  const filters = ['#', 'class/#', '+/+/+', 'class/+/screen', `class/${lin.me}/#`, '$SYS/#', '$share/x/class/+/screen']; // prettier-ignore
  for (const filter of filters) {
    // MQTT.js rejects if every filter of the SUBSCRIBE is refused.
    const granted = await spy.client.subscribeAsync(filter).then(
      ([one]) => (one?.qos ?? 0x87) < 0x80,
      () => false,
    );
    expect([filter, granted]).toEqual([filter, false]);
  }
  await spy.client.subscribeAsync('class/all/#');
  const theirs = await lin.page();
  await theirs.client.publishAsync(topics.screen(lin.me), 'secret', { qos: 1 });
  await say({ type: 'freeze', seconds: 0 });
  await expect.poll(() => spy.all).toEqual(['class/all/freeze ']);
});

test('who is no member gets no connection; nobody is somebody else', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const stranger = course.device();
  const at = (device: Device, path: string, clientId: string, more: IClientOptions = {}) =>
    refused(connect(device, path, { clientId, ...more }));
  expect(await at(stranger, '/class/mqtt', 'x.1')).not.toBe('taken');
  expect(await at(stranger, `/class/${id}/mqtt`, 'teacher.1')).not.toBe('taken');
  expect(await at(mei.device, `/class/${id}/mqtt`, 'teacher.1')).not.toBe('taken');
  expect(await at(mei.device, '/class/mqtt', `${lin.me}.1`)).toBe(0x87);
  expect(await at(mei.device, '/class/mqtt', 'teacher.1')).toBe(0x87);
  expect(await at(mei.device, '/class/mqtt', 'server.states')).toBe(0x87);
  expect(await at(by, `/class/${id}/mqtt`, `${mei.me}.1`)).toBe(0x87);
  const cookie = [...mei.device.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const wsOptions = { headers: { cookie, origin: 'http://elsewhere.example' } };
  expect(await at(mei.device, '/class/mqtt', `${mei.me}.1`, { wsOptions })).not.toBe('taken');
  // As a last will, too.
  const teacher = await teacherPage();
  const will = { topic: topics.presence(lin.me), payload: Buffer.from('here'), retain: true, qos: 1 } as const; // prettier-ignore
  const forged = await mei.page({ will });
  forged.client.stream.destroy();
  await here((await lin.page()).client, lin.me);
  await expect.poll(() => teacher.all.at(-1)).toBe(`class/${lin.me}/presence here`);
  expect(teacher.all).toHaveLength(1);
});

test('a member who is removed is disconnected, may not come again, and leaves nothing retained', async () => {
  const mei = await member('Mei');
  const { client } = await mei.page();
  await here(client, mei.me);
  const gone = new Promise((resolve) => client.once('close', () => resolve('gone')));
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: mei.me });
  expect(await gone).toBe('gone');
  expect(await refused(mei.page())).not.toBe('taken');
  const teacher = await teacherPage();
  await say({ type: 'freeze', seconds: 0 });
  await expect.poll(() => teacher.all).toEqual(['class/all/freeze ']);
});

test('a flood of one member and huge payloads: the others notice nothing', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const teacher = await teacherPage('class/+/presence');
  const flood = await mei.page();
  for (let n = 0; n < 2_000; n++)
    flood.client.publish(topics.presence(mei.me), `n ${n}`, { retain: true }, () => {});
  const huge = await mei.page();
  huge.client.publish(topics.screen(mei.me), 'x'.repeat(200_000), { qos: 1 }, () => {});
  await expect.poll(() => huge.client.connected).toBe(false);
  await here((await lin.page()).client, lin.me);
  await expect.poll(() => teacher.last.get(topics.presence(lin.me))).toBe('here');
  expect(teacher.all.length).toBeLessThan(1_000);
  // A ninth page of one member closes the oldest.
  const pages = await Promise.all(Array.from({ length: 9 }, () => mei.page()));
  await expect.poll(() => pages.filter(({ client }) => client.connected).length).toBeLessThan(9);
  expect(pages.at(-1)!.client.connected).toBe(true);
});

test('the teacher watches the class’s broker and a member’s room, and changes nothing there', async () => {
  const mei = await member('Mei');
  const page = await mei.page();
  const room = await mei.device.open('a/one');
  await room.publish(course.origin, true);
  const asked = async (path: string) => {
    const socket = by.socket(path);
    const seen: string[] = [];
    socket.on('message', (data, isBinary) => seen.push(isBinary ? 'entries' : String(data)));
    await expect.poll(() => seen.includes('entries')).toBe(true);
    socket.send(JSON.stringify({ type: 'reset', id: 1 }));
    socket.send(JSON.stringify({ type: 'cut', id: 2, client: 'server' }));
    socket.send(JSON.stringify({ type: 'state', id: 3 }));
    await expect.poll(() => seen.some((text) => text.startsWith('{"type":"state"'))).toBe(true);
    expect(seen.filter((text) => text.includes('"not-allowed"'))).toHaveLength(2);
    return seen.find((text) => text.startsWith('{"type":"state"'))!;
  };
  expect(await asked(`/class/${id}/watch`)).toContain(`${mei.me}.`);
  await asked(`/class/${id}/watch/${mei.me}`);
  expect(page.client.connected).toBe(true);
  for (const device of [mei.device, course.device()])
    for (const path of [`/class/${id}/watch`, `/class/${id}/watch/${mei.me}`]) {
      const status = new Promise((resolve) => device.socket(path).on('unexpected-response', (_, { statusCode }) => resolve(statusCode))); // prettier-ignore
      expect(await status).toBe(403);
    }
  mei.device.close();
});

test('over the shoulder: the room that the member’s page names, if it is theirs', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const rooms = [await mei.device.open('a/one'), await mei.device.open('a/one')];
  const foreign = await lin.device.open('a/one');
  const code = (room: (typeof rooms)[number]) => room.keys.address.slice(0, room.keys.address.lastIndexOf('-')); // prettier-ignore
  await rooms[0]!.publish(course.origin, true);
  const watched = (room: string) => {
    const socket = by.socket(`/class/${id}/watch/${mei.me}?room=${room}`);
    return new Promise<unknown>((resolve) => {
      socket.on('unexpected-response', (_, { statusCode }) => resolve(statusCode));
      // The first one has a run with packets; the one that was opened last has not.
      socket.on('message', (_, isBinary) => isBinary && resolve('entries'));
    });
  };
  expect(await watched(code(rooms[0]!))).toBe('entries');
  expect(await watched(code(foreign))).toBe(404);
  expect(await watched('no-such')).toBe(404);
  expect(await watched('..%2F')).toBe(404);
  mei.device.close();
  lin.device.close();
});

/** What the member's pages were told, without the ids: `<seconds>`, or `over`. */
const told = ({ all }: Heard, me: string) =>
  all
    .filter((one) => one.startsWith(`class/${me}/look `))
    .map((one) => (one.includes('"seconds":null') ? 'over' : 'looked'));

test('a look reaches that member’s pages only; a screen reaches who looks, and is not retained', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  const pages = await Promise.all([mei, lin].map(async ({ me, page }) => {
    const heard = await page();
    await heard.client.subscribeAsync(['class/all/+', `class/${me}/+`]);
    return heard;
  })); // prettier-ignore
  const teacher = await teacherPage('class/#');
  const look = () => connect(by, `/class/${id}/mqtt/${mei.me}`, { clientId: `look_${mei.me}.${Math.random()}`.slice(0, 60) }); // prettier-ignore
  const looks = await look();
  await expect.poll(() => told(pages[0]!, mei.me)).toEqual(['looked']);
  await looks.client.subscribeAsync(topics.screen(mei.me));
  expect(await refused(looks.client.subscribeAsync(topics.screen(lin.me)))).not.toBe('taken');
  const screen = 'x'.repeat(mostScreenBytes);
  await pages[0]!.client.publishAsync(topics.screen(mei.me), screen, { qos: 1 });
  await expect.poll(() => looks.last.get(topics.screen(mei.me))).toBe(screen);
  expect(await refused(pages[0]!.client.publishAsync(topics.screen(mei.me), `${screen}x`, { qos: 1 }))).toBe(0x87); // prettier-ignore
  // A second one, and a room: it is over when none is left. They are gone without a word.
  const second = await look();
  await expect.poll(() => told(pages[0]!, mei.me)).toEqual(['looked', 'looked']);
  looks.client.stream.destroy();
  await second.client.subscribeAsync(topics.presence(mei.me));
  expect(told(pages[0]!, mei.me)).toEqual(['looked', 'looked']);
  second.client.stream.destroy();
  await expect.poll(() => told(pages[0]!, mei.me)).toEqual(['looked', 'looked', 'over']);
  const later = await look();
  await later.client.subscribeAsync(topics.screen(mei.me));
  await say({ type: 'freeze', seconds: 0 });
  await expect.poll(() => pages[1]!.all).toEqual(['class/all/freeze ']);
  expect(later.all).toEqual([]);
  expect(teacher.all.filter((one) => one.includes('/screen '))).toEqual([]);
});

test('nothing of a member is shown before their pages are told', async () => {
  const mei = await member('Mei');
  const room = await mei.device.open('a/one');
  await room.publish(course.origin, true);
  const begin = Looks.prototype.begin;
  const held = Promise.withResolvers<void>();
  let asked = 0;
  const spy = vi.spyOn(Looks.prototype, 'begin').mockImplementation(async function (this: Looks, one) {
    asked++;
    await held.promise;
    return begin.call(this, one);
  }); // prettier-ignore
  const seen: string[] = [];
  const watch = by.socket(`/class/${id}/watch/${mei.me}`);
  watch.on('message', () => seen.push('watch'));
  const look = connect(by, `/class/${id}/mqtt/${mei.me}`, { clientId: `look_${mei.me}.1` });
  void look.then(() => seen.push('look'));
  await expect.poll(() => asked).toBe(2);
  await by.get('/api/class/classes');
  expect(seen).toEqual([]);
  held.resolve();
  await look;
  await expect.poll(() => seen).toContain('watch');
  spy.mockRestore();
  mei.device.close();
});

test('nobody watches a member’s room without the member being told', async () => {
  const mei = await member('Mei');
  const page = await mei.page();
  await page.client.subscribeAsync([`class/${mei.me}/+`]);
  const room = await mei.device.open('a/one');
  await room.publish(course.origin, true);
  const watch = by.socket(`/class/${id}/watch/${mei.me}`);
  await new Promise((resolve) => watch.once('message', resolve));
  await expect.poll(() => told(page, mei.me)).toEqual(['looked']);
  // A page of the member's that is opened meanwhile is told, too.
  const other = await mei.page();
  await other.client.subscribeAsync([`class/${mei.me}/+`]);
  await expect.poll(() => told(other, mei.me)).toEqual(['looked']);
  watch.terminate();
  await expect.poll(() => told(page, mei.me)).toEqual(['looked', 'over']);
  // The class's own wires show nobody's room.
  const wires = by.socket(`/class/${id}/watch`);
  await new Promise((resolve) => wires.once('message', resolve));
  await say({ type: 'note', text: 'end', to: mei.me });
  await expect.poll(() => page.all.at(-1)).toContain('"end"');
  expect(told(page, mei.me)).toEqual(['looked', 'over']);
  mei.device.close();
});

test('a member who is removed while somebody looks: the look ends, and nothing of it is left', async () => {
  const mei = await member('Mei');
  const looks = await connect(by, `/class/${id}/mqtt/${mei.me}`, { clientId: `look_${mei.me}.1` });
  const gone = new Promise((resolve) => looks.client.once('close', () => resolve('gone')));
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: mei.me });
  expect(await gone).toBe('gone');
  const teacher = await teacherPage();
  await say({ type: 'freeze', seconds: 0 });
  await expect.poll(() => teacher.all).toEqual(['class/all/freeze ']);
});

test('what the teacher says is stored before it is published, and published before it is acknowledged', async () => {
  const teacher = await teacherPage('class/all/+');
  const write = SqliteStore.prototype.write;
  const held = Promise.withResolvers<void>();
  const asked = Promise.withResolvers<void>();
  const spy = vi.spyOn(SqliteStore.prototype, 'write').mockImplementation(async function (this: SqliteStore, changes) {
    if (changes.some((one) => 'put' in one && one.put === 'said')) {
      asked.resolve();
      await held.promise;
    }
    return write.call(this, changes);
  }); // prettier-ignore
  const steps: string[] = [];
  const saying = say({ type: 'note', text: 'all' }).then(() => steps.push('acknowledged'));
  await asked.promise;
  // What is said later waits for it: the store and the broker have them in one order.
  const later = say({ type: 'freeze', seconds: 60 });
  await by.get('/api/class/classes');
  expect([steps, teacher.all]).toEqual([[], []]);
  held.resolve();
  await Promise.all([saying, later]);
  await expect.poll(() => teacher.all.map((one) => one.split(' ')[0])).toEqual(['class/all/note', 'class/all/freeze']); // prettier-ignore
  spy.mockRestore();
});

test('on a full disk a pause works, and is said not to be stored', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const teacher = await teacherPage('class/all/+');
  vi.spyOn(SqliteStore.prototype, 'write').mockRejectedValue(new Error('full'));
  const response = await by.post(`/api/class/classes/${id}/say`, { type: 'freeze', seconds: 60 });
  expect(response).toMatchObject({ status: 200, isKept: false });
  await expect.poll(() => teacher.all.length).toBe(1);
  vi.restoreAllMocks();
});

test.each([
  [{ type: 'note', text: 'x'.repeat(501) }, 400],
  [{ type: 'note', text: 'x', to: 'all' }, 404],
  [{ type: 'note', text: 'x', to: '../+' }, 400],
  [{ type: 'bring', exercise: '<b>' }, 400],
  [{ type: 'freeze', seconds: 901 }, 400],
  [{ type: 'freeze', seconds: -1 }, 400],
  [{ type: 'state' }, 400],
])('%o is not said: %i', async (request, status) => {
  const teacher = await teacherPage();
  expect((await by.post(`/api/class/classes/${id}/say`, request)).status).toBe(status);
  const mei = await member('Mei');
  for (const one of [mei.device, course.device()])
    expect(
      (await one.post(`/api/class/classes/${id}/say`, { type: 'note', text: 'x' })).status,
    ).toBe(403);
  await say({ type: 'freeze', seconds: 0 });
  await expect.poll(() => teacher.all).toEqual(['class/all/freeze ']);
});

test('what the teacher said survives a restart of the server, with the time that is left; what was taken back does not', async () => {
  const [mei, lin] = [await member('Mei'), await member('Lin')];
  await say({ type: 'note', text: 'all' });
  await say({ type: 'note', text: 'mei', to: mei.me });
  await say({ type: 'note', text: 'gone with Lin', to: lin.me });
  await say({ type: 'bring', exercise: 'a/one' });
  await say({ type: 'freeze', seconds: 900 });
  await say({ type: 'freeze', seconds: 0 });
  await by.post(`/api/class/classes/${id}`, { type: 'remove', member: lin.me });
  for (let n = 0; n < 2; n++) {
    await course.restart();
    const page = await mei.page();
    const left = new Map<string, number>();
    page.client.on('message', (topic, _, { properties }) =>
      left.set(topic, properties?.messageExpiryInterval ?? Infinity),
    );
    await page.client.subscribeAsync(['class/all/+', `class/${mei.me}/note`], { qos: 1 });
    await expect.poll(() => [...left.keys()].sort()).toEqual([topics.bring, topics.note(), topics.note(mei.me)].sort()); // prettier-ignore
    expect(page.last.get(topics.note(mei.me))).toContain('"mei"');
    expect(left.get(topics.bring)).toBeLessThanOrEqual(600);
    expect(left.get(topics.note())).toBeGreaterThan(3_000);
  }
});
