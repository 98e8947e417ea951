import { describe, expect, it } from 'vitest';
import { judge } from './broker-url.ts';
import { limitLines, MAX_LINES, MAX_LINES_A_SECOND } from '../console-limit.ts';
import type { Level } from '../console-limit.ts';
import { makeConsole } from './console.ts';
import { failureOf } from './failure.ts';
import { format } from './format.ts';
import { makeMeter, MAX_MESSAGES_PER_SECOND, readFromDevice } from '../guard.ts';

describe('judge', () => {
  it.each([
    [{}, true, 'mqtt://localhost'],
    [{ protocol: 'mqtt:', host: 'LOCALHOST', port: 1883 }, true, 'mqtt://localhost:1883'],
    [{ protocol: 'tcp', host: '127.0.0.1' }, true, 'tcp://127.0.0.1'],
    [{ protocol: 'ws', host: '[::1]', port: '9001' }, true, 'ws://[::1]:9001'],
    [{ protocol: 'ws', host: 'localhost' }, 'port', 'ws://localhost'],
    [{ protocol: 'mqtt', host: 'localhost', port: 9001 }, 'port', 'mqtt://localhost:9001'],
    [{ protocol: 'wss', host: 'localhost', port: 9001 }, 'tls', 'wss://localhost:9001'],
    [{ protocol: 'http', host: 'localhost' }, 'protocol', 'http://localhost'],
    [{ host: 'localhost.evil.example' }, 'host', 'mqtt://localhost.evil.example'],
    [{ host: 'cloud' }, 'host', 'mqtt://cloud'],
    [{ host: 'cloud', hosts: ['cloud'] }, true, 'mqtt://cloud'],
    [{ host: 'class', hosts: ['class'] }, true, 'mqtt://class'],
    [{ host: 'cellar', hosts: ['pi', 'pi.local'] }, 'name', 'mqtt://cellar'],
    [{ host: 'x'.repeat(500) }, 'host', `mqtt://${'x'.repeat(193)}`],
  ])('%j → %s', (address, expected, url) => {
    expect(judge(address)).toMatchObject(
      expected === true ? { room: true, url } : { room: false, url, why: expected },
    );
  });
  it.each([
    [{}, { port: 1883, protocol: 'mqtt' }],
    [
      { protocol: 'mqtt', port: 1884, anyPort: true },
      { port: 1884, protocol: 'mqtt' },
    ],
    [
      { protocol: 'ws', port: '9001' },
      { port: 9001, protocol: 'websockets' },
    ],
    [
      { protocol: 'ws', anyPort: true },
      { port: 80, protocol: 'websockets' },
    ],
    [
      { host: 'cloud', hosts: ['cloud'] },
      { port: 1883, protocol: 'mqtt', host: 'cloud' },
    ],
    [
      { host: 'PI.local', hosts: ['pi', 'pi.local'] },
      { port: 1883, protocol: 'mqtt', host: 'pi.local' },
    ],
  ])('%j leads to %j', (address, target) => {
    expect(judge(address)).toMatchObject({ room: true, target });
  });
  it.each([0, 65_536, 'x', -1])('no port at all, even where any may be one: %s', (port) => {
    expect(judge({ port, anyPort: true })).toMatchObject({ room: port === 0 });
  });
});

function makeLimited() {
  const written: [Level, string][] = [];
  const timers: (() => void)[] = [];
  let time = 0;
  const limited = limitLines({
    write: (level, text) => written.push([level, text]),
    leftOut: (count) => `${count} left out`,
    now: () => time,
    later: (callback) => timers.push(callback),
  });
  return { ...limited, written, timers, pass: (ms: number) => (time += ms) };
}

describe('the console', () => {
  it('lets a hundred lines through in a window and says how many it left out', () => {
    const { line, written, timers, pass } = makeLimited();
    for (let i = 0; i < 250; i++) line('log', String(i));
    expect(written).toHaveLength(MAX_LINES);
    timers.forEach((fire) => fire());
    expect(written.at(-1)).toEqual(['warn', '150 left out']);
    pass(100);
    line('log', 'again');
    expect(written.at(-1)).toEqual(['log', 'again']);
  });

  it('says it too in a loop that lets no timer run', () => {
    const { line, written, pass } = makeLimited();
    for (let i = 0; i < 220; i++) {
      if (i === 200) pass(100);
      line('log', String(i));
    }
    expect(written[MAX_LINES]).toEqual(['warn', '100 left out']);
    expect(written.at(-1)).toEqual(['log', '219']);
  });

  it('lets fewer lines through in a long time than at once', () => {
    const { line, written, pass } = makeLimited();
    for (let window = 0; window <= 100; window++) {
      for (let i = 0; i < 1_000; i++) line('log', 'x');
      pass(100);
    }
    const lines = written.filter(([level]) => level === 'log').length;
    expect(lines).toBe(MAX_LINES + 10 * MAX_LINES_A_SECOND);
  });

  it('counts a letter that has to be shaped as three', () => {
    const count = (text: string) => {
      const { line, written } = makeLimited();
      for (let i = 0; i < 50; i++) line('log', text.repeat(3_000));
      return written.length;
    };
    expect(count('x')).toBe(16);
    for (const letter of ['\u0915', '\u0644', '\u05d0', '字', '\u200d'])
      expect(count(letter)).toBe(5);
  });

  it('has the methods that programs use', () => {
    const { line, written } = makeLimited();
    const console = makeConsole(line, () => 5);
    console.warn('w');
    console.error(new Error('e').message);
    console.group('g');
    console.log('in\nside');
    console.groupEnd();
    console.count();
    console.time('t');
    console.timeEnd('t');
    console.assert(1 === 1, 'never');
    console.assert(false, 'no');
    console.dir({ a: 1 });
    expect(written).toEqual([
      ['warn', 'w'],
      ['error', 'e'],
      ['log', 'g'],
      ['log', '  in\n  side'],
      ['log', 'default: 1'],
      ['log', 't: 0.0ms'],
      ['error', 'Assertion failed: no'],
      ['log', '{ a: 1 }'],
    ]);
  });
});

describe('failureOf', () => {
  const at = (stack: string) => failureOf(Object.assign(new Error('x'), { stack }), 'a.b.ts');
  it.each([
    ['Error: x\n    at f (a.b.ts:3:7)\n    at runtime.js:1:1', 3, 7],
    ['Error: x\n    at runtime.js:9:9\n    at async a.b.ts:12:1', 12, 1],
    ['f@data:text/javascript,x/a.b.ts:4:2', 4, 2],
    ['    at a.b.ts:5:6', 5, 6],
  ])('%s', (stack, line, column) =>
    expect(at(stack)).toEqual({ type: 'failed', message: 'Error: x', line, column }),
  );
  it('finds the place in a stack of WebKit, which writes the whole program for its name', () => {
    const program = encodeURIComponent(
      "import mqtt from 'mqtt'; // sourceURL=x.ts:1:1\n//# sourceURL=a.b.ts",
    );
    const stack = `f@data:text/javascript;charset=utf-8,${program}:6:15\nmodule code@`;
    expect(at(stack)).toMatchObject({ line: 6, column: 15 });
    const error = Object.assign(new Error('x'), { stack });
    for (const text of [format([error]), format([error.stack]), format(['at', error.stack])]) {
      expect(text).toContain('f@a.b.ts:6:15\n');
      expect(text).not.toContain('data:');
    }
  });
  it('has a sentence for what throws when it is looked at', () => {
    const refuse = () => {
      throw new Error('no');
    };
    const hostile = new Proxy({}, { getPrototypeOf: refuse, get: refuse, ownKeys: refuse });
    expect(failureOf(hostile, 'a.ts')).toEqual({ type: 'failed', message: '[Object]' });
    const stackless = Object.defineProperty(new Error('x'), 'stack', { get: refuse });
    expect(failureOf(stackless, 'a.ts')).toEqual({ type: 'failed', message: 'Error: x' });
  });
  it('has no place where there is none', () => {
    expect(at('Error: x\n at aab.ts:3:7')).toEqual({ type: 'failed', message: 'Error: x' });
    expect(failureOf('text', 'a.ts')).toEqual({ type: 'failed', message: 'text' });
    expect(failureOf({ a: 1 }, 'a.ts')).toEqual({ type: 'failed', message: '{ a: 1 }' });
  });
});

describe('what a worker says', () => {
  it.each([
    null,
    'x',
    {},
    { type: 'console', level: 'evil', text: 'x' },
    { type: 'console', level: 'log', text: 1 },
    { type: 'open-line', id: 'x' },
    { type: 'mapped' },
    { type: 'failed' },
    { type: 'other' },
  ])('ignores %j', (value) => expect(readFromDevice(value)).toBeNull());
  it('bounds texts and positions', () => {
    expect(
      readFromDevice({
        type: 'console',
        level: 'log',
        text: 'x'.repeat(1e5),
        at: 'never',
        extra: 1,
      }),
    ).toEqual({
      type: 'console',
      level: 'log',
      text: 'x'.repeat(8192),
      at: expect.any(Number),
    });
    expect(readFromDevice({ type: 'failed', message: 'm', line: -1, column: 2 })).toEqual({
      type: 'failed',
      message: 'm',
    });
  });
  it('is too much above the limit, and not after a pause', () => {
    let time = 0;
    const meter = makeMeter(() => time);
    for (let i = 0; i < MAX_MESSAGES_PER_SECOND; i++)
      expect(meter.tooMany({ type: 'alive' })).toBe(false);
    expect(meter.tooMany({ type: 'alive' })).toBe(true);
    const line = {
      type: 'open-line',
      target: { port: 1883, protocol: 'mqtt' },
    } as const;
    time = 1000;
    expect(meter.tooMany({ type: 'alive' })).toBe(false);
    for (let i = 0; i < 50; i++) expect(meter.tooMany({ ...line, id: i })).toBe(false);
    expect(meter.tooMany({ ...line, id: 51 })).toBe(true);
    time = 2000;
    expect(meter.tooMany(null, 8 * 1024 * 1024)).toBe(false);
    expect(meter.tooMany(null, 1)).toBe(true);
  });
});
