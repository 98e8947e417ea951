import { expect, test } from 'vitest';
import { FairLoop, type LoopHost } from './fair-loop.ts';

/** A loop whose clock goes on only while work is done. */
class FakeLoop implements LoopHost {
  ms = 0;
  #soon: (() => void)[] = [];
  #timers: (() => void)[] = [];
  #tail: (() => void)[] = [];
  /** What the work of a turn defers to its end. */
  deferred: (() => void)[] = [];
  now(): number {
    return this.ms;
  }
  soon(work: () => void): void {
    this.#soon.push(work);
  }
  after(_ms: number, work: () => void): void {
    this.#timers.push(work);
  }
  atTail(work: () => void): void {
    this.#tail.push(work);
  }
  /** One turn of the loop; false if nothing is to be done. */
  turn(): boolean {
    const works = this.#soon.splice(0);
    for (const work of works) work();
    for (const work of this.deferred.splice(0)) work();
    for (const work of this.#tail.splice(0)) work();
    return works.length > 0;
  }
  timersAreDue(): void {
    for (const work of this.#timers.splice(0)) work();
  }
}

function open() {
  const host = new FakeLoop();
  const loop = new FairLoop(5, host);
  const done: string[] = [];
  const work = (name: string, ms: number) => (): void => {
    host.ms += ms;
    done.push(name);
  };
  return { host, loop, done, work };
}

test('work runs where it stands until a slice is used up; the rest waits for the next turns', () => {
  const { host, loop, done, work } = open();
  const turns = loop.turnsOf('a', 'room');
  for (let n = 0; n < 20; n++) turns.run(work('a', 1));
  expect([done.length, loop.waiting]).toEqual([5, 15]);
  host.turn();
  expect([done.length, loop.waiting]).toEqual([10, 10]);
  while (host.turn());
  expect([done.length, loop.waiting]).toEqual([20, 0]);
});

test('a single connection has the whole loop: no time passes but that of its work', () => {
  const { host, loop, done, work } = open();
  const turns = loop.turnsOf('a', 'room');
  for (let n = 0; n < 1000; n++) turns.run(work('a', 1));
  while (host.turn());
  expect([done.length, host.ms]).toEqual([1000, 1000]);
});

test('a connection that has used little waits for one slice at most, however many others flood', () => {
  const { host, loop, done, work } = open();
  const flood = Array.from({ length: 400 }, (_, n) => loop.turnsOf('greedy', `room ${n % 40}`));
  for (let n = 0; n < 5; n++) for (const turns of flood) turns.run(work('g', 2));
  for (let n = 0; n < 50; n++) host.turn();
  const before = host.ms;
  loop.turnsOf('canary', 'room').run(work('canary', 0.1));
  expect(done.at(-1)).toBe('g');
  host.turn();
  expect(done.indexOf('canary')).toBeGreaterThan(0);
  expect(host.ms - before).toBeLessThanOrEqual(7);
  expect(done.slice(-4)).toContain('canary');
});

test('long work looks at the clock, and leaves the rest to a later turn', () => {
  const { host, loop, done, work } = open();
  const turns = loop.turnsOf('a', 'room');
  let left = 30;
  const part = (): void => {
    while (left > 0 && !turns.over) {
      left--;
      host.ms++;
    }
    if (left > 0) turns.later(part);
    else done.push('long');
  };
  turns.run(part);
  expect(left).toBe(25);
  host.turn();
  loop.turnsOf('b', 'room').run(work('short', 1));
  while (host.turn());
  expect(done).toEqual(['short', 'long']);
});

test('work that cannot be measured is charged its known cost', async () => {
  const { host, loop, done, work } = open();
  let handshakes = 0;
  for (let n = 0; n < 20; n++)
    void loop
      .turnsOf('greedy', 'tls')
      .pay(2500)
      .then(() => handshakes++);
  loop.turnsOf('b', 'room').run(work('b', 1));
  await Promise.resolve();
  expect(handshakes).toBe(2);
  host.turn();
  await Promise.resolve();
  expect([handshakes, done]).toEqual([4, ['b']]);
});

test('what one flow starts within its work for another waits for the turn of that one, which pays', async () => {
  const { host, loop, done, work } = open();
  const responses = loop.turnsOf('a', 'responses');
  let responded = 0;
  // Each request is read at once; its response is dear.
  for (let n = 0; n < 100; n++)
    loop.turnsOf('a', 'reads').run(() => {
      work('read', 0.1)();
      void responses.pay(2500).then(() => responded++);
    });
  loop.turnsOf('a', 'reads').run(work('newcomer', 0.1));
  for (let n = 0; n < 10; n++) {
    host.turn();
    await Promise.resolve();
  }
  // A hundred reads took ten of these milliseconds, and the responses have the other half.
  expect(done).toContain('newcomer');
  expect(responded).toBeGreaterThan(2);
  expect(responded).toBeLessThan(20);
  while (host.turn()) await Promise.resolve();
  expect(responded).toBe(100);
});

test('a class behind one address has a share for each room that is used normally', () => {
  const { host, loop, done, work } = open();
  const pupils = Array.from({ length: 10 }, (_, n) => loop.turnsOf('class', `room ${n}`));
  const stranger = loop.turnsOf('stranger', 'room');
  // Seconds of ordinary use, until shares are weighed.
  for (let second = 0; second < 3; second++) {
    for (const turns of pupils) turns.run(work('', 15));
    for (let n = 0; n < 500; n++) stranger.run(work('', 1));
    while (host.turn());
    host.ms += 1000;
  }
  done.length = 0;
  for (let n = 0; n < 200; n++) for (const turns of pupils) turns.run(work('c', 1));
  for (let n = 0; n < 200; n++) stranger.run(work('s', 1));
  for (let n = 0; n < 40; n++) host.turn();
  const own = done.filter((name) => name === 's').length;
  // Ten rooms to one; a little credit aside.
  expect(own).toBeLessThan(done.length / 5);
  expect(own).toBeGreaterThan(done.length / 20);
});

test('an address that uses little waits for no share of it, however many rooms others have', () => {
  const { host, loop, done, work } = open();
  const many = Array.from({ length: 90 }, (_, n) => loop.turnsOf('many rooms', `room ${n}`));
  const learner = loop.turnsOf('learner', 'room');
  // Each room by itself is used normally; together they want more than all of the loop.
  let longest = 0;
  for (let n = 0; n < 600; n++) {
    for (const turns of many) turns.run(work('m', 0.2));
    const before = host.ms;
    learner.run(work('learner', 0.5));
    while (!done.includes('learner')) host.turn();
    longest = Math.max(longest, host.ms - before);
    done.length = 0;
    host.turn();
  }
  expect(loop.waiting).toBeGreaterThan(1000);
  expect(longest).toBeLessThan(12);
});

test('a room that is used like a hundred adds nothing to the share of its address', () => {
  const { host, loop, done, work } = open();
  const greedy = Array.from({ length: 10 }, (_, n) => loop.turnsOf('greedy', `room ${n}`));
  for (let second = 0; second < 3; second++) {
    for (const turns of greedy) for (let n = 0; n < 100; n++) turns.run(work('', 1));
    while (host.turn());
  }
  done.length = 0;
  const stranger = loop.turnsOf('stranger', 'room');
  for (let n = 0; n < 200; n++) for (const turns of greedy) turns.run(work('g', 1));
  for (let n = 0; n < 200; n++) stranger.run(work('s', 1));
  for (let n = 0; n < 40; n++) host.turn();
  expect(done.filter((name) => name === 's').length).toBeGreaterThan(done.length * 0.45);
});

test('one job runs at a time; a job that does not end does not delay the next', async () => {
  const { host, loop } = open();
  const begun: number[] = [];
  const ends: (() => void)[] = [];
  const jobs = Array.from({ length: 5 }, (_, n) =>
    loop.turnsOf('a', `room ${n}`).job(() => {
      begun.push(n);
      return new Promise<void>((resolve) => ends.push(resolve));
    }),
  );
  expect(begun).toEqual([0]);
  ends[0]!();
  await jobs[0];
  await Promise.resolve();
  expect(begun).toEqual([0]);
  host.turn();
  expect(begun).toEqual([0, 1]);
  for (let n = 2; n < 5; n++) {
    host.timersAreDue();
    host.turn();
    expect(begun.at(-1)).toBe(n);
  }
});

test('idle connections are forgotten', () => {
  const { host, loop, work } = open();
  for (let n = 0; n < 1000; n++) loop.turnsOf(`address ${n}`, 'room').run(work('', 0.001));
  while (host.turn());
  expect(loop.addresses).toBe(1000);
  for (let n = 0; n < 3; n++) {
    host.ms += 11_000;
    loop.turnsOf('last', 'room').run(work('', 0.001));
    while (host.turn());
  }
  expect(loop.addresses).toBe(1);
});

test('work that defers most of its time to the end of the turn gets a smaller part of a slice', () => {
  const { host, loop, done } = open();
  const turns = loop.turnsOf('a', 'room');
  // Each takes a tenth of a millisecond, and four times as much at the end of the turn: a stream that closes.
  const closing = (): void => {
    host.ms += 0.1;
    done.push('a');
    host.deferred.push(() => (host.ms += 0.4));
  };
  for (let n = 0; n < 2000; n++) turns.later(closing);
  const took: number[] = [];
  for (let began = host.ms; host.turn(); began = host.ms) took.push(host.ms - began);
  expect(done.length).toBe(2000);
  expect(took[0]).toBeGreaterThan(20);
  for (const ms of took.slice(6)) expect(ms).toBeLessThan(8);
});
