/** What the doctor says of machines that differ from this one, and of this one. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { start } from '../../../sandbox/server/main.ts';
import { doctor } from './doctor.ts';
import { clockFinding, filesFinding, nodeFinding } from './machine.ts';
import { addressFinding, firewallFinding, type Interfaces } from './network.ts';
import { mayMount, mountDisk, remount, unmountAll } from '../../../sandbox/testing/mounts.ts';
import { dataFinding, diskFinding } from './data.ts';
import { portFinding } from './ports.ts';

const use = { isOpen: false, program: 'retained', hasDatabase: false };
let place: string;
beforeEach(() => void (place = mkdtempSync(join(tmpdir(), 'retained-doctor-test-'))));
afterEach(() => {
  unmountAll();
  rmSync(place, { recursive: true });
});

const machine = (addresses: Record<string, string>): Interfaces =>
  Object.fromEntries(
    Object.entries({ lo: '127.0.0.1', ...addresses }).map(([name, address]) => [
      name,
      [{ address, family: 'IPv4', internal: name === 'lo', netmask: '', mac: '', cidr: null }],
    ]),
  );

describe('the address of the class', () => {
  test.each<[string, Record<string, string>, string | null, string, RegExp]>([
    [
      'one network',
      { wlan0: '192.168.1.20' },
      '192.168.1.20',
      'good',
      /^192\.168\.1\.20 \(wlan0\)/,
    ],
    ['containers beside it', { docker0: '172.17.0.1', eth0: '10.0.0.5' }, '10.0.0.5', 'good', /^10\.0\.0\.5 .*172\.17\.0\.1 \(docker0, virtual\)/], // prettier-ignore
    ['a tunnel as the way out', { tun0: '10.8.0.2', eth0: '10.0.0.5' }, '10.8.0.2', 'good', /^10\.0\.0\.5/], // prettier-ignore
    ['two networks', { eth0: '10.0.0.5', wlan0: '192.168.1.20' }, '192.168.1.20', 'note', /^192\.168\.1\.20 .*10\.0\.0\.5/], // prettier-ignore
    ['no DHCP', { eth0: '169.254.3.4' }, null, 'note', /no network that a class could be in/],
    ['no network', {}, null, 'note', /only this machine/],
  ])('%s', (_, addresses, route, state, text) => {
    const found = addressFinding('0.0.0.0', machine(addresses), route);
    expect([found.state, found.text]).toEqual([state, expect.stringMatching(text)]);
    if (state === 'note') expect(found.todo?.length).toBeGreaterThan(0);
  });
});

describe('firewalls', () => {
  const files = (all: Record<string, string>) => (path: string) => all[path] ?? null;
  test.each<[NodeJS.Platform, Record<string, string>, RegExp]>([
    ['win32', {}, /netsh advfirewall.*localport=4321,1883/],
    ['darwin', {}, /System Settings/],
    ['linux', { '/etc/ufw/ufw.conf': '# x\nENABLED=yes\n' }, /sudo ufw allow .*4321,1883/],
    ['linux', { '/run/firewalld.pid': '7' }, /--add-port=4321\/tcp --add-port=1883\/tcp/],
    ['linux', { '/etc/ufw/ufw.conf': 'ENABLED=no\n' }, /on another device/],
  ])('%s %o', (platform, all, words) => {
    const { todo } = firewallFinding([4321, 1883], platform, files(all));
    expect(todo!.join('\n')).toMatch(words);
  });
});

test.each([
  ['v20.19.0', 'bad'],
  ['v22.17.1', 'bad'],
  ['v22.18.0', 'good'],
  ['v24.0.0', 'good'],
])('Node %s is %s', (version, state) => {
  expect(nodeFinding(version).state).toBe(state);
});

test('a clock that stands in the past is seen, by the calendar and by the data folder', () => {
  const now = Date.UTC(2027, 5, 1);
  expect(clockFinding(now, 0).state).toBe('good');
  expect(clockFinding(now, now + 3_600_000).state).toBe('good');
  expect(clockFinding(now, now + 3 * 24 * 3_600_000)).toMatchObject({ state: 'bad' });
  expect(clockFinding(0, 0)).toMatchObject({ state: 'bad', text: expect.stringContaining('1970') });
});

test('few open files are said', () => {
  expect([319, 1024, 4096, Infinity].map((limit) => filesFinding(limit).state)).toEqual([
    ...['bad', 'note', 'good', 'good'],
  ]);
});

test('a taken port stops the pages, and moves the others', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const of = (flag: '--port' | '--mqtt-port', own: number[] = []) =>
    portFinding('127.0.0.1', { flag, what: 'x', port }, own);
  expect(await of('--port')).toMatchObject({ state: 'bad', text: expect.stringMatching(/another program/) }); // prettier-ignore
  expect(await of('--mqtt-port')).toMatchObject({ state: 'note' });
  expect(await of('--port', [port])).toMatchObject({ state: 'good' });
  server.close();
});

test.skipIf(!mayMount)('a disk that is full, and one that can only be read', async () => {
  expect(mountDisk(place, 'size=64k')).toBe(true);
  expect(diskFinding(join(place, 'not', 'yet'))).toMatchObject({ state: 'bad', text: expect.stringMatching(/^0 MB/) }); // prettier-ignore
  remount(place, 'ro');
  expect(await dataFinding(join(place, 'data'), use)).toMatchObject({
    state: 'bad',
    text: expect.stringMatching(/can't be written to/),
  });
});

test('a file where the data folder should be; the other lines are said all the same', async () => {
  const file = join(place, 'file');
  writeFileSync(file, '');
  const said: string[] = [];
  const options = { data: file, program: 'retained', host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 }; // prettier-ignore
  expect(await doctor(options, (line) => said.push(line))).toBe(1);
  expect(said.filter((line) => line.startsWith('NO '))).toEqual([expect.stringContaining(`${file} is a file`)]); // prettier-ignore
  expect(said.some((line) => line.includes('open files'))).toBe(true);
});

test('an address that is another machine’s', async () => {
  // For documentation (RFC 5737): never a machine's.
  expect(addressFinding('203.0.113.9', machine({ eth0: '10.0.0.5' }), null).state).toBe('bad');
  const finding = await portFinding('203.0.113.9', { flag: '--port', what: 'pages', port: 0 }, []);
  expect(finding).toMatchObject({ state: 'bad', text: expect.stringMatching(/no address of this machine/) }); // prettier-ignore
});

test('a port that this user may not use', async () => {
  const forbidden = async () => 'forbidden' as const;
  const finding = await portFinding('0.0.0.0', { flag: '--port', what: 'pages', port: 80 }, [], forbidden); // prettier-ignore
  expect(finding).toMatchObject({ state: 'bad', text: expect.stringMatching(/may not use/) });
  expect(finding.todo).toEqual([expect.stringMatching(/below 1024.*--port <number/)]);
});

test('a damaged database is said and left as it is', async () => {
  writeFileSync(join(place, 'classroom.sqlite'), 'hello '.repeat(2000));
  expect(await dataFinding(place, use)).toMatchObject({
    state: 'bad',
    text: expect.stringMatching(/no SQLite database/),
  });
});

test('of an open course: its own ports are not taken by another, and the exit code is 0', async () => {
  mkdirSync(join(place, 'site'));
  const data = join(place, 'data');
  const running = await start({
    exercises: { get: async () => null },
    ...{ site: join(place, 'site'), data, host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
  });
  const said: string[] = [];
  const code = await doctor({ data, program: 'retained', host: '127.0.0.1' }, (line) =>
    said.push(line),
  );
  expect(said.join('\n')).toContain(`port ${running.port}`);
  expect(said.join('\n')).toContain('in use by the open course');
  expect(said.filter((line) => line.includes('the open course has it'))).toHaveLength(3);
  expect(code).toBe(0);
  await running.stop();
  // A clock that was set back since.
  const later = new Date(Date.now() + 40 * 24 * 3_600_000);
  utimesSync(join(data, 'teacher-secret'), later, later);
  const words: string[] = [];
  expect(await doctor({ data, program: 'retained', host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 }, (line) => words.push(line))).toBe(1); // prettier-ignore
  expect(words.at(-1)).toMatch(/will not work/);
});
