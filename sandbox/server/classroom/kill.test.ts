/** A class in the middle of its work, and the server is killed: no confirmed pass is lost, none counts twice. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { haproxy } from '../../testing/haproxy.ts';
import { hasPostgres, startPostgres, type Postgres } from '../../testing/postgres.ts';
import { startProcesses, type Processes } from '../../testing/processes.ts';
import { Device } from './testing/class-server.ts';

const program = fileURLToPath(new URL('testing/class-process.ts', import.meta.url));
const exercises = ['a/one', 'a/two'];
/** `RETAINED_LEARNERS=200`: a whole school's afternoon behind one address. */
const learners = Number(process.env['RETAINED_LEARNERS'] ?? 30);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

interface Running {
  child: ChildProcess;
  port: number;
  secret: string;
}
/** What is killed, as the class sees it. */
interface Course {
  origin: string;
  secret: string;
  /** With SIGKILL. */
  kill(): Promise<void>;
  beginAgain(): Promise<void>;
}

async function begin(folder: string, port = 0): Promise<Running> {
  const child = spawn(process.execPath, [program, folder, String(port)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout!, 'data')) as [Buffer];
  return { child, ...(JSON.parse(String(line)) as { port: number; secret: string }) };
}

/** A page that is told that many join now tries again. */
async function joinClass(device: Device, code: string, name: string): Promise<void> {
  for (;;) {
    const { status } = await device.post('/api/class/join', { code, name });
    if (status !== 429) return expect(status).toBe(200);
    await pause(500);
  }
}

/** Does one exercise, with a mistake first, until the page was told that all is true. */
async function pass(device: Device, origin: string, exercise: string): Promise<void> {
  for (;;) {
    try {
      const page = await device.open(exercise);
      // What is under way when the server dies never ends by itself.
      const died = page.closed.then(() => Promise.reject(new Error('closed')));
      const work = async (): Promise<void> => {
        await page.run();
        await page.publish(origin, false);
        await page.run();
        await page.publish(origin, true);
      };
      await Promise.race([work(), died]);
      const told = async (): Promise<boolean> => {
        while (!page.results.at(-1)?.endsWith('true true')) await pause(5);
        return true;
      };
      const isTold = await Promise.race([told(), page.closed.then(() => false)]);
      page.close();
      if (isTold || page.results.at(-1)?.endsWith('true true')) return;
    } catch {
      // The server is gone at the moment.
    }
    await pause(100);
  }
}

let folder: string;
let running: Running;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retained-kill-'));
  running = await begin(folder);
});
afterEach(async () => {
  const { child } = running;
  if (child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true });
});

const alone = (): Promise<Course> =>
  Promise.resolve({
    origin: `http://127.0.0.1:${running.port}`,
    secret: running.secret,
    async kill() {
      running.child.kill('SIGKILL');
      await once(running.child, 'exit');
    },
    beginAgain: async () => void (running = await begin(folder, running.port)),
  });
let processes: Processes | undefined;
let database: Postgres | undefined;
afterEach(async () => {
  await processes?.end();
  await database?.end();
  processes = database = undefined;
});
/** The one with the classes is killed. */
const behindHaproxy = async (): Promise<Course> => {
  const course = (processes = await startProcesses());
  const { origin, secret } = course;
  return { origin, secret, kill: () => course.kill(1), beginAgain: () => course.begin(1) };
};
/** The one with the classes is killed, and another takes them over; it comes back, and waits. */
const withPostgres = async (): Promise<Course> => {
  database = await startPostgres();
  const course = (processes = await startProcesses(database.url()));
  const { origin, secret } = course;
  let killed = 0;
  return {
    ...{ origin, secret },
    kill: async () => course.kill((killed = (await course.holder())!)),
    async beginAgain() {
      await expect.poll(() => course.holder(), { timeout: 30_000 }).not.toBeNull();
      expect(await course.holder()).not.toBe(killed);
      await course.begin(killed);
    },
  };
};

const ways = [
  { where: 'in one process', open: alone, isHere: true },
  // `npm test` unpacks it.
  {
    where: 'in three processes behind HAProxy',
    open: behindHaproxy,
    isHere: haproxy !== undefined,
  },
  {
    where: 'in three processes behind HAProxy, with PostgreSQL',
    open: withPostgres,
    isHere: haproxy !== undefined && hasPostgres,
  },
];
describe.each(ways)('$where', ({ open, isHere }) => {
  const timeout = 90_000 + learners * 1_000;
  test.skipIf(!isHere)(`${learners} learners, kill -9 in the middle`, { timeout }, async () => {
    const course = await open();
    const { origin } = course;
    const teacher = new Device(origin);
    await teacher.post('/api/class/teacher', { secret: course.secret });
    const made = await teacher.post('/api/class/classes', { language: 'en' });
    const [{ id, code }] = made['classes'] as [{ id: string; code: string }];

    const confirmed: string[] = [];
    const devices = Array.from({ length: learners }, () => new Device(origin));
    await Promise.all(devices.map((device, n) => joinClass(device, code, `L${n}`)));
    const begun = devices.map(async (device, n) => {
      for (const exercise of exercises) {
        await pass(device, origin, exercise);
        confirmed.push(`L${n} ${exercise}`);
      }
      device.close();
    });
    const all = Promise.all(begun);

    while (confirmed.length < learners / 2) await pause(5);
    await course.kill();
    const before = [...confirmed];
    const killedAt = Date.now();
    await course.beginAgain();
    const read = async () => {
      const get = () => teacher.get(`/api/class/classes/${id}/export.json`);
      await expect.poll(async () => (await get()).status, { timeout: 30_000 }).toBe(200);
      const body = await get();
      const members = body['members'] as {
        name: string;
        exercises: { exercise: string; passed_by: string; passed_at: string }[];
      }[];
      return members.flatMap(({ name, exercises }) =>
        exercises
          .filter(({ passed_by }) => passed_by === 'checks')
          .map(({ exercise, passed_at }) => ({ pass: `${name} ${exercise}`, at: passed_at })),
      );
    };
    // What the pages were told before the kill is there at once, from before the kill.
    const kept = new Map((await read()).map(({ pass, at }) => [pass, Date.parse(`${at}Z`)]));
    expect(before.filter((one) => !(kept.get(one)! <= killedAt))).toEqual([]);
    expect(before.length).toBeLessThan(learners * exercises.length);

    await all;
    const passes = (await read()).map(({ pass }) => pass).sort();
    expect(passes).toEqual([...confirmed].sort());
    expect(new Set(passes).size).toBe(learners * exercises.length);
    teacher.close();
  });
});

test('kill -9 as soon as it is acknowledged: a note, a pause and what a page says are there', async () => {
  const origin = `http://127.0.0.1:${running.port}`;
  const teacher = new Device(origin);
  await teacher.post('/api/class/teacher', { secret: running.secret });
  const made = await teacher.post('/api/class/classes', { language: 'en' });
  const [{ id, code }] = made['classes'] as [{ id: string; code: string }];
  const mei = new Device(origin);
  await mei.post('/api/class/join', { code, name: 'Mei' });
  const acts = [
    () => teacher.post(`/api/class/classes/${id}/say`, { type: 'note', text: 'kept' }),
    () => teacher.post(`/api/class/classes/${id}/say`, { type: 'freeze', seconds: 900 }),
    () => mei.post('/api/class/progress', { version: 1, lessons: {}, exercises: { 'a/one': { passed: 7 } } }), // prettier-ignore
  ];
  for (const act of acts) {
    expect((await act()).status).toBe(200);
    running.child.kill('SIGKILL');
    await once(running.child, 'exit');
    running = await begin(folder, running.port);
  }
  const exported = await teacher.get(`/api/class/classes/${id}/export.json`);
  expect(exported['members']).toMatchObject([{ exercises: [{ exercise: 'a/one', passed_by: 'page' }] }]); // prettier-ignore
  const { connectAsync } = await import('mqtt');
  const cookie = [...mei.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const { id: me } = (await mei.get('/api/class/me'))['member'] as { id: string };
  const client = await connectAsync(`${origin.replace('http', 'ws')}/class/mqtt`, {
    ...{ protocolVersion: 5, clientId: `${me}.1`, reconnectPeriod: 0, timerVariant: 'native' },
    wsOptions: { headers: { cookie } },
  });
  const heard = new Map<string, string>();
  client.on('message', (topic, payload) => heard.set(topic, String(payload)));
  await client.subscribeAsync('class/all/+');
  await expect.poll(() => [...heard.keys()].sort()).toEqual(['class/all/freeze', 'class/all/note']);
  expect(heard.get('class/all/note')).toContain('"kept"');
  await client.endAsync(true);
});
