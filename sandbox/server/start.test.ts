/** A start is all or nothing, and an error says what to do. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { start, type RunningServer, type StartOptions } from './main.ts';

let folder: string;
const taken: Server[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'retained-start-'));
  await mkdir(join(folder, 'site'));
});
afterEach(async () => {
  for (const server of taken.splice(0)) server.close();
  await rm(folder, { recursive: true });
});

const host = '127.0.0.1';
const begin = (options: Partial<StartOptions>): Promise<RunningServer> =>
  start({
    exercises: { get: () => Promise.resolve(null) },
    site: join(folder, 'site'),
    ...{ port: 0, mqttPort: 0, tlsPort: 0, host },
    data: join(folder, 'data'),
    ...options,
  });

async function listenOn(port: number): Promise<number | null> {
  const server = createServer().listen(port, host);
  const [error] = (await Promise.race([once(server, 'listening'), once(server, 'error')])) as [unknown?]; // prettier-ignore
  if (error) return null;
  taken.push(server);
  return (server.address() as AddressInfo).port;
}

/** The first of so many ports in a row, all of them taken; below those that the system gives. */
async function takenPorts(count: number): Promise<number> {
  for (let first = 20_000; ; first += count) {
    const got: (number | null)[] = [];
    for (let at = first; at < first + count; at++) got.push(await listenOn(at));
    if (!got.includes(null)) return first;
  }
}

/** It fails so, and afterwards nothing of it listens. */
async function failsWhole(options: Partial<StartOptions>, message: RegExp): Promise<void> {
  const listening = () =>
    process.getActiveResourcesInfo().filter((kind) => kind === 'TCPServerWrap').length;
  const before = listening();
  await expect(begin(options)).rejects.toThrow(message);
  // One of the test's own may still be closing at first.
  await expect.poll(listening).toBeLessThanOrEqual(before);
}

test.each([
  ['mqttPort', '--mqtt-port'],
  ['tlsPort', '--tls-port'],
] as const)('no free port for %s: nothing stays', async (name, flag) => {
  const first = await takenPorts(21);
  const warned: string[] = [];
  const warn = ({ name }: Error): void => void warned.push(name);
  process.on('warning', warn);
  const free = await listenOn(0);
  taken.pop()!.close();
  const message = new RegExp(`The ports ${first} to ${first + 20} are taken.*${flag} <number>`);
  await failsWhole({ port: free!, [name]: first }, message);
  expect(await listenOn(free!)).toBe(free);
  process.off('warning', warn);
  expect(warned).not.toContain('MaxListenersExceededWarning');
});

test.each([
  ['mqttPort', '--mqtt-port'],
  ['tlsPort', '--tls-port'],
] as const)('one process of several takes no other port than %s', async (name, flag) => {
  const port = (await listenOn(0))!;
  const or = (await listenOn(0))!;
  taken.pop()!.close();
  const message = new RegExp(`Port ${port} is taken.*${flag} <number>`);
  await failsWhole({ port: or, process: 2, [name]: port }, message);
});

test('the last port there is', async () => {
  if ((await listenOn(65_535)) === null) expect(await listenOn(65_535)).toBeNull();
  await failsWhole({ mqttPort: 65_535 }, /Port 65535 is taken.*--mqtt-port <number>/);
});

test('a taken HTTP port takes no MQTT port with it', async () => {
  const port = (await listenOn(0))!;
  const mqttPort = (await listenOn(0))!;
  taken.pop()!.close();
  await failsWhole({ port, mqttPort }, new RegExp(`Port ${port} is taken.*--port <number>`));
  expect(await listenOn(mqttPort)).toBe(mqttPort);
});

test('an own certificate that cannot be used names its files, not a port', async () => {
  const certificate = { cert: join(folder, 'a.pem'), key: join(folder, 'a.key') };
  await failsWhole({ certificate }, /a\.pem and .*a\.key can't be used \(ENOENT.*--cert names/);
  await writeFile(certificate.cert, 'garbage');
  await writeFile(certificate.key, '');
  await failsWhole({ certificate }, /a\.pem and .*a\.key can't be used.*--cert names/);
});

test('a damaged key of the server is made anew: MQTT over TLS is there', async () => {
  await (await begin({})).stop();
  await writeFile(join(folder, 'data', 'tls', 'server.key'), '-----BEGIN PRIVATE KEY-----');
  const running = await begin({});
  expect(running.tlsPort).not.toBeNull();
  await running.stop();
});

/** A start by a user without rights: what came of it. */
async function startedByNobody(options: object): Promise<string> {
  await chmod(folder, 0o755);
  const main = new URL('./main.ts', import.meta.url).href;
  const all = { site: join(folder, 'site'), port: 0, mqttPort: 0, tlsPort: 0, host, ...options };
  const script = `import { start } from ${JSON.stringify(main)};
    const exercises = { get: async () => null };
    try {
      const { moved } = await start({ exercises, ...${JSON.stringify(all)} });
      console.log(JSON.stringify(moved));
    } catch (error) { console.log(error.message); }
    process.exit();`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: '/', ...nobody });
  return stdout.trim();
}
/** Some systems give all ports to everybody. */
const portsNeedRights =
  process.platform === 'linux' &&
  Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) === 1024;

test.skipIf(!portsNeedRights)('a port that needs rights is not called taken', async () => {
  const rights =
    'may not be used by this user: below 1024 that needs the rights of an administrator';
  expect(await startedByNobody({ port: 80 })).toBe(
    `Port 80 ${rights}. Choose another one: --port <number>`,
  );
  expect(await startedByNobody({ mqttPort: 883 })).toBe(
    `The ports 883 to 903 ${rights}. Choose another one: --mqtt-port <number>`,
  );
  expect(JSON.parse(await startedByNobody({ mqttPort: 1010 }))).toEqual([
    { flag: '--mqtt-port', wanted: 1010, why: 'forbidden' },
  ]);
});

test('a port that had to move is named, with its flag', async () => {
  const [mqttPort, tlsPort] = [(await listenOn(0))!, (await listenOn(0))!];
  const running = await begin({ mqttPort, tlsPort });
  expect(running.moved).toEqual([
    { flag: '--mqtt-port', wanted: mqttPort, why: 'taken' },
    { flag: '--tls-port', wanted: tlsPort, why: 'taken' },
  ]);
  await running.stop();
});
