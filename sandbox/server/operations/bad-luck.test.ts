/** What can go wrong on a host's machine: a clear word, nothing confirmed lost. Damaged files: `damaged.test.ts`. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'; // prettier-ignore
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openSqliteStore } from '../../store/sqlite.ts';
import type { ClassRow, MemberRow } from '../../store/store.ts';
import { mayMount, mountDisk, remount, unmountAll } from '../../testing/mounts.ts';
import { start, type RunningServer } from '../main.ts';

let place: string;
let data: string;
const children: ChildProcess[] = [];
const running: RunningServer[] = [];
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'retained-luck-'));
  data = join(place, 'data');
  mkdirSync(join(place, 'site'));
  writeFileSync(join(place, 'site', 'index.html'), 'page');
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  for (const server of running.splice(0)) await server.stop();
  unmountAll();
  rmSync(place, { recursive: true });
});

const begin = async (folder = data): Promise<RunningServer> => {
  const server = await start({
    exercises: { get: async () => null },
    ...{ site: join(place, 'site'), host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
    data: folder,
  });
  running.push(server);
  return server;
};
const now = Date.now();
const room: ClassRow = {
  id: 'c1',
  code: 'BCDFGH',
  language: 'en',
  locked: false,
  listOnly: false,
  asks: false,
  shared: null,
  assignment: null,
  created: now,
};
const member = (n: number, name = '美'): MemberRow => ({ id: `m${n}`, class: 'c1', name, words: `w${n}`, secrets: [], joined: now, seat: null, handle: null }); // prettier-ignore
const file = () => join(data, 'classroom.sqlite');
async function fill(count: number): Promise<void> {
  const store = await openSqliteStore(file());
  const members = Array.from({ length: count }, (_, n) => ({ put: 'member', row: member(n) }) as const); // prettier-ignore
  await store.write([{ put: 'class', row: room }, ...members]);
  await store.close();
}
test('two servers on one folder: the second one says so and takes nothing from the first', async () => {
  const first = await begin();
  const before = readdirSync(data).sort();
  await expect(begin()).rejects.toThrow(/Another server uses .*--data <folder>/s);
  expect(readdirSync(data).sort()).toEqual(before);
  // Its way for backups, too, is still the first one's.
  const { askServer } = await import('../../../scripts/host/backup/ask-server.ts');
  expect(await askServer(data, 'GET', '/about')).toMatchObject({ port: first.port });
});

describe('a data folder', () => {
  test.skipIf(!mayMount)('on a read-only disk: said, with what to do', async () => {
    expect(mountDisk(data, 'size=4m')).toBe(true);
    await fill(3);
    remount(data, 'ro');
    await expect(begin()).rejects.toThrow(/--data <folder>/);
    remount(data, 'rw');
    const store = await openSqliteStore(file());
    expect((await store.read()).members).toHaveLength(3);
    await store.close();
  });

  test.skipIf(!mayMount)(
    'on a disk that is full from the start: said, and it starts with room',
    async () => {
      expect(mountDisk(data, 'size=64k')).toBe(true);
      await expect(begin()).rejects.toThrow(/disk is full.*--data <folder>|ENOSPC/s);
      remount(data, 'size=8m');
      const { teacherSecret } = await begin();
      expect(teacherSecret).toHaveLength(32);
    },
  );

  test('that is a file: said, with what to do', async () => {
    writeFileSync(data, 'mine');
    await expect(begin()).rejects.toThrow(/data/);
    expect(readFileSync(data, 'utf8')).toBe('mine');
  });

  test.skipIf(!mayMount)(
    'on a full disk keeps what it confirmed, refuses the rest, and goes on with room again',
    async () => {
      expect(mountDisk(data, 'size=600k')).toBe(true);
      const store = await openSqliteStore(file());
      await store.write([{ put: 'class', row: room }]);
      let confirmed = 0;
      const write = (n: number) =>
        store.write([{ put: 'member', row: member(n, 'x'.repeat(20_000)) }]);
      for (; confirmed < 100; confirmed++)
      if (await write(confirmed).then(() => false, () => true)) break; // prettier-ignore
      expect(confirmed).toBeGreaterThan(3);
      expect(confirmed).toBeLessThan(100);
      expect((await store.read()).members).toHaveLength(confirmed);
      remount(data, 'size=8m');
      await write(confirmed);
      expect((await store.read()).members).toHaveLength(confirmed + 1);
      await store.close();
    },
  );

  test.skipIf(!mayMount)(
    'a backup onto a full disk leaves no half file, and the next one is whole',
    async () => {
      await fill(400);
      const stick = join(place, 'stick');
      expect(mountDisk(stick, 'size=8k')).toBe(true);
      const { backUp } = await import('../../../scripts/host/backup/backup.ts');
      const task = { data, version: '1', file: join(stick, 'course.zip') };
      await expect(backUp(task)).rejects.toThrow(/ENOSPC/);
      expect(readdirSync(stick)).toEqual([]);
      remount(stick, 'size=8m');
      await backUp(task);
      expect(readdirSync(stick)).toEqual(['course.zip']);
    },
  );
});

test.skipIf(process.platform === 'win32')(
  'with no file descriptors left it refuses, serves on, and recovers',
  async () => {
    const program = `
    import { start } from ${JSON.stringify(import.meta.resolve('../main.ts'))};
    const server = await start({
      exercises: { get: async () => null }, site: ${JSON.stringify(join(place, 'site'))},
      data: ${JSON.stringify(data)}, host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0,
    });
    console.log(server.port, server.mqttPort);`;
    const child = spawn('bash', ['-c', 'ulimit -n 400; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', program]); // prettier-ignore
    children.push(child);
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += String(chunk)));
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    const [port, mqttPort] = String(line).trim().split(' ').map(Number) as [number, number];
    const sockets: Socket[] = [];
    for (let n = 0; n < 600; n++) {
      const socket = connect(mqttPort, '127.0.0.1');
      socket.on('error', () => {});
      sockets.push(socket);
    }
    await Promise.all(sockets.map((one) => Promise.race([once(one, 'connect'), once(one, 'close')]).catch(() => {}))); // prettier-ignore
    const asked = () =>
    fetch(`http://127.0.0.1:${port}/healthz`, { signal: AbortSignal.timeout(5000), headers: { connection: 'close' } }).then((one) => one.status, () => 0); // prettier-ignore
    await asked();
    expect(child.exitCode).toBeNull();
    for (const socket of sockets) socket.destroy();
    await expect.poll(asked, { timeout: 30_000 }).toBe(200);
    expect(child.exitCode).toBeNull();
    expect(errors).not.toMatch(/uncaught|crash/i);
    expect(existsSync(file())).toBe(true);
  },
  90_000,
);

test.skipIf(process.platform === 'win32')(
  'with too few file descriptors from the start: said, and nothing is opened',
  async () => {
    const program = `
      import { start } from ${JSON.stringify(import.meta.resolve('../main.ts'))};
      await start({ exercises: { get: async () => null }, site: ${JSON.stringify(join(place, 'site'))}, data: ${JSON.stringify(data)} });`;
    const child = spawn('bash', ['-c', 'ulimit -n 200; exec "$0" "$@"', process.execPath, '--input-type=module', '-e', program]); // prettier-ignore
    children.push(child);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += String(chunk)));
    const [code] = (await once(child, 'close')) as [number];
    expect([code, said]).toEqual([1, expect.stringMatching(/may open 200 files.*ulimit -n 8192/)]);
    expect(existsSync(data)).toBe(false);
  },
  90_000,
);

test.skipIf(process.platform === 'win32')(
  'SIGTERM to the server in the middle of a backup: no half file, and the next backup is whole',
  async () => {
    await fill(2000);
    const program = `
    import { start } from ${JSON.stringify(import.meta.resolve('../main.ts'))};
    const server = await start({
      exercises: { get: async () => null }, site: ${JSON.stringify(join(place, 'site'))},
      data: ${JSON.stringify(data)}, host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0,
    });
    process.on('SIGTERM', () => server.stop().finally(() => process.exit(0)));
    console.log('open');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program]);
    children.push(child);
    await once(child.stdout, 'data');
    const { backUp } = await import('../../../scripts/host/backup/backup.ts');
    const ended = once(child, 'exit');
    const first = backUp({ data, version: '1', file: join(place, 'one.zip') }).then(() => 'whole', () => 'none'); // prettier-ignore
    child.kill('SIGTERM');
    await ended;
    const { unpack } = await import('../../../scripts/host/backup/archive.ts');
    expect(existsSync(join(place, 'one.zip'))).toBe((await first) === 'whole');
    await backUp({ data, version: '1', file: join(place, 'two.zip') });
    for (const name of readdirSync(place).filter((one) => one.includes('.zip'))) {
      expect(name).toMatch(/^(?:one|two)\.zip$/);
      expect(unpack(readFileSync(join(place, name))).files.has('classroom.sqlite')).toBe(true);
    }
    const store = await openSqliteStore(file());
    expect((await store.read()).members).toHaveLength(2000);
    await store.close();
  },
  90_000,
);
