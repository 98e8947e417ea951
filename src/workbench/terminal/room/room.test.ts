import { describe, expect, it } from 'vitest';
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { Machines } from '../../../../sandbox/protocol/machines.ts';
import { ConnectionError, type BrokerConnectionEvents } from '../programs/program.ts';
import { SafeOutput } from '../screen/safe-output.ts';
import { BrokerMachine } from '../broker/machine.ts';
import { DockerEngine } from '../docker/engine.ts';
import type { ObservedBroker } from './broker-service.ts';
import { listed, roomCommands } from './commands.ts';
import { RoomDisk } from './room-disk.ts';
import { RoomFiles } from './room-files.ts';
import { roomLines, type RoomOfLines } from './room-line.ts';

describe('files of the room', () => {
  const make = () => {
    let kept: BrokerFiles = { 'mosquitto.conf': 'listener 1883\n' };
    const disk = new RoomDisk({
      load: () => kept,
      save: (next) => void (kept = next),
      log: () => 'started\n',
    });
    return { files: new RoomFiles(disk), kept: () => kept };
  };
  it('are the broker’s own in /etc/mosquitto', () => {
    const { files, kept } = make();
    expect(files.list('/etc/mosquitto')).toEqual(['mosquitto.conf']);
    expect(files.write('/etc/mosquitto/passwd', 'alice:x\n')).toBeUndefined();
    expect(kept()).toEqual({
      ...{ 'mosquitto.conf': 'listener 1883\n', passwd: 'alice:x\n' },
      modes: { passwd: 'root:root 644' },
    });
    expect(files.read('/etc/mosquitto/passwd')).toBe('alice:x\n');
    expect(files.read('/etc/mosquitto/acl')).toBeUndefined();
  });
  it('have a log to read, and a home of their own', () => {
    const { files } = make();
    expect(files.read('/var/log/mosquitto/mosquitto.log')).toBe('started\n');
    expect(files.write('/home/learner/a.txt', 'a')).toBeUndefined();
    expect(files.list('/home/learner')).toEqual(['a.txt']);
    expect(files.list('/')).toEqual(['etc', 'home', 'tmp', 'var']);
    expect(files.list('/tmp')).toEqual([]);
    expect(files.list('/nowhere')).toBeUndefined();
  });
  it('are bounded, and nowhere else', () => {
    const { files } = make();
    expect(files.write('/etc/passwd', 'x')).toBe('Permission denied');
    expect(files.write('/etc/mosquitto', 'x')).toBe('Is a directory');
    expect(files.write('/tmp/x', 'x'.repeat(70_000))).toBe('File too large');
    for (let i = 0; i < 100; i += 1) expect(files.write(`/tmp/${i}`, '')).toBeUndefined();
    expect(files.write('/tmp/one-more', '')).toBe('No space left on device');
  });
});

describe('a line into the room', () => {
  function make(files: BrokerFiles = {}, machines?: Machines, isMember = false) {
    const opened: { port: MessagePort; target: unknown }[] = [];
    const room: RoomOfLines = {
      connect: () => Promise.resolve(),
      openLine(_name, port, _signal, target) {
        opened.push({ port, target });
        return new Promise(() => {});
      },
    };
    const known = { machines, isMember: () => isMember };
    return { opened, open: roomLines(room, 'terminal-1', 'course.lan', () => files, known) };
  }
  const nobody: BrokerConnectionEvents = { data() {}, closed() {} };
  const refused = async (promise: Promise<unknown>): Promise<unknown> => promise.then(() => 'open', (error: unknown) => error instanceof ConnectionError && error.refusal); // prettier-ignore

  it('leads nowhere else', async () => {
    const { open } = make();
    expect(
      await refused(open({ host: 'test.mosquitto.org', port: 1883, tls: false }, nobody)),
    ).toBe('unknown-host');
    expect(await refused(open({ host: 'localhost', port: 8883, tls: true }, nobody))).toBe('tls');
    expect(await refused(open({ host: 'localhost', port: 9, tls: false }, nobody))).toBe('refused');
    expect(await refused(open({ host: 'course.lan', port: 1883, tls: false }, nobody))).toBe(
      'open',
    );
  });
  it('asks for the port that was named where files say which there are', async () => {
    const { open, opened } = make({ 'mosquitto.conf': 'listener 1884\n' });
    const line = await open({ host: 'localhost', port: 1884, tls: false }, nobody);
    expect(opened[0]!.target).toEqual({ port: 1884, protocol: 'mqtt' });
    line.close();
    opened[0]!.port.close();
  });
  it('leads to the second broker, in a room that has one', async () => {
    const { open, opened } = make({ 'cloud/mosquitto.conf': 'listener 1883\n' });
    const line = await open({ host: 'cloud', port: 1883, tls: false }, nobody);
    expect(opened[0]!.target).toEqual({ port: 1883, protocol: 'mqtt', host: 'cloud' });
    line.close();
    opened[0]!.port.close();
    const alone = make({ 'mosquitto.conf': 'listener 1883\n' });
    const target = { host: 'cloud', port: 1883, tls: false };
    expect(await refused(alone.open(target, nobody))).toBe('unknown-host');
  });
  it('leads to the broker’s machine by its names, where an exercise has machines', async () => {
    const files = { 'mosquitto.conf': 'listener 1883\n' };
    const machines = { broker: ['pi', 'pi.local'], elsewhere: { phone: ['192.168.1.5'] } };
    const { open, opened } = make(files, machines);
    const line = await open({ host: 'Pi', port: 1883, tls: false }, nobody);
    expect(opened[0]!.target).toEqual({ port: 1883, protocol: 'mqtt', host: 'pi' });
    line.close();
    opened[0]!.port.close();
    for (const host of ['192.168.1.5', 'phone', 'cloud']) {
      expect(await refused(open({ host, port: 1883, tls: false }, nobody))).toBe('unknown-host');
    }
  });
  it('leads to the shared room of a class, for its members', async () => {
    const target = { host: 'class', port: 1883, tls: false };
    const { open, opened } = make({ 'mosquitto.conf': 'listener 1884\n' }, undefined, true);
    const line = await open(target, nobody);
    expect(opened[0]!.target).toEqual({ port: 1883, protocol: 'mqtt', host: 'class' });
    line.close();
    opened[0]!.port.close();
    expect(await refused(open({ ...target, port: 1884 }, nobody))).toBe('refused');
    expect(await refused(make().open(target, nobody))).toBe('unknown-host');
  });
  it.each([
    [[], 'refused'],
    [[Uint8Array.of(1, 2)], 'lost'],
  ] as const)('that closes after %j was %s', async (chunks, how) => {
    const { open, opened } = make();
    const got: number[] = [];
    const closed = new Promise((resolve) => {
      void open(
        { host: 'localhost', port: 1883, tls: false },
        { data: (bytes) => got.push(...bytes), closed: resolve },
      ).then(() => {
        for (const chunk of chunks) opened[0]!.port.postMessage(chunk);
        opened[0]!.port.postMessage(null);
      });
    });
    expect(await closed).toBe(how);
    expect(got).toEqual(chunks.flatMap((chunk) => [...chunk]));
    opened[0]!.port.close();
  });
});

describe('output', () => {
  it.each([
    ['plain\n\ttext\r\n', 'plain\n\ttext\r\n'],
    ['\x1b[31mred\x1b[0m', '\x1b[31mred\x1b[0m'],
    ['\x1b[2J\x1b]0;title\x07', '␛[2J␛]0;title'],
    ['\x1b[6n\0\x08', '␛[6n␀␈'],
    ['\u009b31m\x7f', '�31m␡'],
    ['a\u202eb', 'a�b'],
  ])('%j is shown as %j', (text, shown) => {
    expect(new SafeOutput().text(text)).toBe(shown);
  });
  it('puts characters together that came in pieces', () => {
    const [first, ...rest] = new TextEncoder().encode('溫');
    const safe = new SafeOutput();
    expect(safe.text(Uint8Array.of(first!)) + safe.text(Uint8Array.from(rest))).toBe('溫');
    expect(new SafeOutput().text(Uint8Array.of(0xff, 0x41))).toBe('�A');
  });
});

const onMachine = (room: ObservedBroker) => {
  const machine = new BrokerMachine(room);
  return { machine, docker: new DockerEngine(machine) };
};
describe('help', () => {
  const said = async (isInPage: boolean): Promise<string> => {
    let text = '';
    const words = (key: string) => key;
    const commands = roomCommands({
      ...{ words, isInPage: () => isInPage, programs: new Map(), history: () => [], clear() {} },
      edit() {},
      shell: () => {
        throw new Error('not asked for');
      },
      ...onMachine({
        process: () => Promise.resolve(undefined),
        operate: () => Promise.resolve(undefined),
        ports: () => Promise.resolve([]),
        ...{ problems: () => [], log: () => [], run: () => 0, began: () => 0, entries: () => [] },
        onChange: () => () => {},
        contain() {},
      }),
    });
    const stdout = { write: (chunk: string | Uint8Array) => void (text += String(chunk)) };
    await commands.get('help')!([], { stdout } as never);
    return text;
  };
  it('lists every command, and says what a broker in the page can’t be asked for', async () => {
    for (const name of listed) expect(await said(false)).toContain(`terminal.help.${name}\n`);
    expect(await said(false)).not.toContain('terminal.help.in-page');
    expect(await said(true)).toContain('terminal.help.in-page');
  });
});
