import { describe, expect, it } from 'vitest';
import type { Program } from '../programs/program.ts';
import { linesOf } from '../programs/streams.ts';
import { RoomDisk } from '../room/room-disk.ts';
import { RoomFiles } from '../room/room-files.ts';
import { Shell } from '../shell/shell.ts';
import { utilities } from '../shell/utilities.ts';
import { History } from './history.ts';
import { TerminalSession } from './terminal-session.ts';

function memoryStore() {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
}
/** Says each line of its input back, until the input ends. */
const parrot: Program = async (_args, io) => {
  for await (const line of linesOf(io.stdin))
    io.stdout.write(`<${new TextDecoder().decode(line)}>\n`);
  return io.signal.aborted ? 130 : 0;
};
const ask: Program = async (_args, io) => {
  const secret = await io.askSecret('Secret: ');
  io.stdout.write(`[${secret}]\n`);
  return 0;
};

const crash: Program = () => Promise.reject(new RangeError('Invalid string length'));
/** Throws if the bytes of its line arrive. */
const crashLater: Program = async (_args, io) => {
  await io.connect(
    { host: 'localhost', port: 1883, tls: false },
    {
      data() {
        throw new RangeError('Invalid count value');
      },
      closed() {},
    },
  );
  return new Promise(() => {});
};

function terminal(store = memoryStore()) {
  let screen = '';
  const idle: (() => void)[] = [];
  const waiting: string[] = [];
  const ends: string[] = [];
  const files = new RoomFiles(
    new RoomDisk({ load: () => ({ passwd: 'p\n' }), save: () => undefined, log: () => '' }),
  );
  const programs = new Map<string, Program>([
    ...utilities,
    ['parrot', parrot],
    ['ask', ask],
    ['crash', crash],
    ['crash-later', crashLater],
  ]);
  const shell = new Shell({
    programs,
    files,
    connect(_target, { data }) {
      setTimeout(() => data(new Uint8Array()));
      return Promise.resolve({ send() {}, close() {} });
    },
    cwd: '/etc/mosquitto',
    variables: {},
    message: (key) => key,
  });
  const session = new TerminalSession({
    shell,
    history: new History(store),
    commands: [...programs.keys()],
    write: (text) => void (screen += text),
    columns: () => 80,
    onWaiting: (line) => void waiting.push(line),
    onEnd: (line, status) => void ends.push(`${line}: ${status}`),
    onIdle: () => idle.shift()?.(),
  });
  session.start('');
  return {
    session,
    waiting,
    ends,
    /** What was written since, without what only moves the cursor. */
    take() {
      const text = screen.replaceAll(/\x1b\[\d*[A-Z]|\r(?!\n)/g, '');
      screen = '';
      return text;
    },
    ended: () => new Promise<void>((resolve) => idle.push(resolve)),
  };
}

describe('a terminal', () => {
  it('runs a line and prompts again', async () => {
    const { session, take, ended } = terminal();
    session.input('echo hi; false');
    take();
    const over = ended();
    session.input('\r');
    await over;
    expect(take()).toContain('\r\nhi\r\n$ ');
    const again = ended();
    session.enter('echo $?');
    await again;
    expect(take()).toContain('1\r\n');
  });

  it('gives what is typed to the program, line by line', async () => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter('parrot; echo "status $?"');
    session.input('one\x7f\x7f\x7ftwo\r');
    await new Promise((resolve) => setTimeout(resolve));
    expect(take()).toContain('<two>');
    session.input('\x04');
    await over;
    expect(take()).toContain('status 0');
  });

  it('keeps for the shell what was pasted or typed ahead', async () => {
    const { session, take, ended } = terminal();
    const [first, second, third] = [ended(), ended(), ended()];
    session.input('echo one\recho two\recho three\rec');
    await Promise.all([first, second, third]);
    await new Promise((resolve) => setTimeout(resolve));
    expect(take()).toMatch(/\none\r\n[^]*\ntwo\r\n[^]*\nthree\r\n[^]*\$ ec$/);
    const over = ended();
    session.input('ho four\r');
    await over;
    expect(take()).toContain('\nfour\r\n');
  });

  it('tells which line waits for a command that reads nothing, and how each line ended', async () => {
    const { session, waiting, ends, ended } = terminal();
    const [first, second, third] = [ended(), ended(), ended()];
    session.enter('parrot');
    session.input('a message\r\x04');
    await first;
    session.enter('sleep 100');
    session.input('echo now\r');
    expect(waiting).toEqual(['echo now']);
    session.input('\x03');
    await second;
    session.enter('ecko now');
    await third;
    expect(waiting).toEqual(['echo now']);
    expect(ends).toEqual(['parrot: 0', 'sleep 100: 130', 'ecko now: 127']);
  });

  it('drops what was typed ahead at Ctrl-C', async () => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter('sleep 100');
    session.input('echo never\rmore\x03');
    await over;
    await new Promise((resolve) => setTimeout(resolve));
    expect(take()).toMatch(/\^C\r\n\$ $/);
  });

  it('interrupts with Ctrl-C, and what followed in the line does not run', async () => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter('sleep 100; echo not this');
    session.input('\x03');
    await over;
    const text = take();
    expect(text).toContain('^C\r\n');
    expect(text).not.toMatch(/\nnot this/);
  });

  it.each([
    ['crash', 'Invalid string length'],
    ['crash-later', 'Invalid count value'],
    ['crash-later | parrot', 'Invalid count value'],
  ])('has its prompt again when a program throws: %s', async (line, message) => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter(line);
    await over;
    expect(take()).toMatch(new RegExp(`sh: RangeError: ${message}\\r\\n\\$ $`));
    const again = ended();
    session.enter('echo "status $?"');
    await again;
    expect(take()).toContain('status');
  });

  it('takes no more into a variable than a person types', async () => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter(`a=xxxxxxxxxxxxxxxx${';a=$a$a'.repeat(30)}`);
    await over;
    expect(take()).toContain('sh: a: Argument list too long');
    const again = ended();
    session.enter(`echo ${'$a'.repeat(1_000)}`);
    await again;
    expect(take().length).toBeLessThan(3_000);
  });

  it('takes the colours off before its prompt', async () => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter("printf '\x1b[30;40m'; echo -n '\x1b[31mred'");
    await over;
    expect(take()).toMatch(/\x1b\[31mred\x1b\[0m\r\n\$ $/);
  });

  it('asks for a secret without showing it', async () => {
    const { session, take, ended } = terminal();
    const over = ended();
    session.enter('ask');
    session.input('hun\x7fnter2');
    expect(take()).not.toContain('nter2');
    session.input('\r');
    await over;
    expect(take()).toContain('[hunter2]');
  });

  it('goes on where a quote is open', async () => {
    const { session, take, ended } = terminal();
    session.enter("echo 'a");
    expect(take()).toContain('\r\n> ');
    const over = ended();
    session.enter("b'");
    await over;
    expect(take()).toContain('a\r\nb\r\n');
  });

  it('completes commands and files, and lists what there is', () => {
    const { session, take } = terminal();
    session.input('ec\t');
    expect(take()).toContain('$ echo ');
    session.input('pa\t');
    expect(take()).toBe('passwd ');
    session.input('\x15s\t');
    expect(take()).toContain('seq  sleep');
  });

  it('remembers, also for the next one', async () => {
    const store = memoryStore();
    const first = terminal(store);
    const over = first.ended();
    first.session.enter('echo one');
    await over;
    const second = terminal(store);
    second.session.input('half');
    second.take();
    second.session.input('\x1b[A');
    expect(second.take()).toBe('$ echo one');
    second.session.input('\x1b[B');
    expect(second.take()).toBe('$ half');
  });

  it('survives a kept history that is none', () => {
    const store = memoryStore();
    for (const text of ['{', '"x"', '[1,"ok",null]']) {
      store.setItem('history', text);
      expect(new History(store).lines).toEqual(text.includes('ok') ? ['ok'] : []);
    }
  });
});
