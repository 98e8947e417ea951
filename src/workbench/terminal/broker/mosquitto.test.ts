/** `mosquitto` started by hand, in a real room: what it says is what the real ones say. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import {
  mosquittoVersions,
  type MosquittoVersion,
} from '../../../../sandbox/protocol/mosquitto.ts';
import { whyNoReference } from '../../../../sandbox/testing/differential/mosquitto.ts';
import { mosquittoOf } from '../../../../sandbox/testing/differential/other-mosquittos.ts';
import { openTerminals } from '../../../../sandbox/testing/terminal-room.ts';

const open = 'listener 1883\nallow_anonymous true\n';
let room: Awaited<ReturnType<typeof openTerminals>> | undefined;
afterEach(async () => {
  await room?.close();
  room = undefined;
});
const machine = async (conf = open, mosquitto?: MosquittoVersion) =>
  (room = await openTerminals({ 'mosquitto.conf': conf, ...(mosquitto && { mosquitto }) }));
const timeless = (text: string): string => text.replaceAll(/^\d{10,}: /gm, '');

/** In a folder with mosquitto.conf. */
function real(version: MosquittoVersion, args: string[], conf: string) {
  const found = mosquittoOf(version);
  if (typeof found === 'string') throw new Error(found);
  const folder = mkdtempSync(join(tmpdir(), 'retained-mosquitto-'));
  try {
    writeFileSync(join(folder, 'mosquitto.conf'), conf);
    const done = spawnSync(found.broker, args, { cwd: folder, encoding: 'utf8', timeout: 30_000 });
    return { text: timeless(done.stdout) + timeless(done.stderr), status: done.status };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.each(mosquittoVersions)('what it says instead of starting, %s', (version) => {
  const missing = whyNoReference(version);
  if (missing !== undefined) console.warn(`Not compared with mosquitto: ${missing}`);
  it.skipIf(missing !== undefined).each([
    ['-h', open],
    ['--version', open],
    ['-x', open],
    ['-c', open],
    ['-c /nowhere.conf', open],
    ['-p', open],
    ['-p 0', open],
    ['-p 1 -p 2 -p 3 -p 4 -p 5 -p 6 -p 7 -p 8 -p 9 -p 10 -p 11', open],
    ['--tls-keylog', open],
    ['-c mosquitto.conf --test-config', open],
    ['-c mosquitto.conf --test-config', `${open}password_file passwd\n`],
    ['--test-config -c mosquitto.conf', 'listener 1883\nallow_anonymus true\n'],
    ['--config-file mosquitto.conf --test-config', 'listener 1883 \npersistence perhaps\n'],
    ['--test-config', open],
  ])('mosquitto %s', async (line, conf) => {
    const { type } = await machine(conf, version);
    const said = await type(`mosquitto ${line}`);
    const expected = real(version, line.split(' '), conf);
    const sorted = (text: string): string[] => text.split('\n').sort();
    expect(said.status).toBe(expected.status);
    expect(sorted(timeless(said.text))).toEqual(sorted(expected.text));
  });
});

describe('while the service runs', () => {
  it('finds its port in use', async () => {
    const { type } = await machine();
    const said = await type('mosquitto -c mosquitto.conf -v');
    expect(said.status).toBe(1);
    expect(timeless(said.text)).toBe(
      [
        'mosquitto version 2.0.21 starting',
        'Config loaded from mosquitto.conf.',
        'Opening ipv4 listen socket on port 1883.',
        'Error: Address already in use',
        '',
      ].join('\n'),
    );
    const bare = timeless((await type('mosquitto')).text);
    expect(bare).toContain('Using default config.\nStarting in local only mode.');
    expect(bare.match(/Error: Address already in use/g)).toHaveLength(2);
  });

  it('at another port, says that there is one broker', async () => {
    const { type } = await machine();
    expect(await type("echo 'listener 1884' > /tmp/a.conf && mosquitto -c /tmp/a.conf")).toEqual({
      status: 1,
      text: '<terminal.broker.one>\n',
    });
    expect((await type('mosquitto -p 1884')).text).toBe('<terminal.broker.port>\n');
  });
});

describe('in the place of the service', () => {
  it('is the room’s broker, with its file, until Ctrl-C', async () => {
    const { type, terminal } = await machine();
    await type('systemctl stop mosquitto');
    await type("printf 'x' ; echo 'listener 1884' > /tmp/mine.conf");
    await type('echo "allow_anonymous true" >> /tmp/mine.conf');
    const broker = terminal()('mosquitto -c /tmp/mine.conf -v');
    await broker.says('running');
    expect(timeless(broker.text())).toContain('Opening ipv4 listen socket on port 1884.');
    const other = await terminal(2)('mosquitto_pub -p 1884 -i ann -t a/b -m hello -q 1').status;
    expect(other).toBe(0);
    await broker.says('Client ann disconnected.');
    const said = timeless(broker.text());
    for (const line of [
      'No will message specified.\nSending CONNACK to ann (0, 0)\n',
      "Received PUBLISH from ann (d0, q1, r0, m1, 'a/b', ... (5 bytes))\nSending PUBACK to ann (m1, rc0)\n",
      'Received DISCONNECT from ann\n',
    ]) {
      expect(said).toContain(line);
    }
    // The service is stopped, and can't be started; kill finds the process.
    expect((await type('systemctl is-active mosquitto')).text).toBe('inactive\n');
    const started = await type('systemctl start mosquitto');
    expect(started.text).toContain(
      'Error: Address already in use\nJob for mosquitto.service failed',
    );
    broker.interrupt();
    expect(await broker.status).toBe(0);
    expect(timeless(broker.text())).toMatch(/mosquitto version 2\.0\.21 terminating\n$/);
    expect((await type('systemctl start mosquitto && systemctl is-active mosquitto')).text).toBe(
      'active\n',
    );
  });

  it('is not started again by systemd when it is killed', async () => {
    const { type, terminal, room: under } = await machine();
    await type('systemctl stop mosquitto');
    const broker = terminal()('mosquitto -c mosquitto.conf');
    await broker.says('running');
    expect((await type('pkill -9 mosquitto')).status).toBe(0);
    expect(await broker.status).toBe(137);
    expect(broker.text()).toMatch(/Killed\n$/);
    expect((await under.view()).state.process?.state).toBe('killed');
    expect((await type('pidof mosquitto')).status).toBe(1);
  });

  it.each([
    ['listener 1883\npassword_file /none\n', 13, 'Error: Unable to open pwfile "/none".'],
    ['listener 1883\nallow_anonymus true\n', 3, 'Error found at mosquitto.conf:2.'],
    ['listener 80\n', 1, 'Error: Permission denied'],
  ])('with a bad file ends: %j', async (conf, status, text) => {
    const { type } = await machine();
    await type('systemctl stop mosquitto');
    room!.files['mosquitto.conf'] = conf;
    const said = await type('mosquitto -c mosquitto.conf');
    expect(timeless(said.text)).toContain(`${text}\n`);
    expect(said.status).toBe(status);
  });

  it('is gone when another run begins', async () => {
    const { type, terminal, reset } = await machine();
    await type('systemctl stop mosquitto');
    const broker = terminal()('mosquitto -c mosquitto.conf');
    await broker.says('running');
    await reset();
    expect(await broker.status).toBe(143);
    expect(broker.text()).toContain('<terminal.broker.new-run>');
    expect((await type('systemctl is-active mosquitto')).text).toBe('active\n');
  });
});
