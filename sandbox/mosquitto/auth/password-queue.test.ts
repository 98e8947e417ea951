import { afterEach, describe, expect, it, vi } from 'vitest';
import { PasswordQueue } from './password-queue.ts';
import { PasswordFile } from './passwd.ts';
import { passwordLine } from './make-hash.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = [passwordLine('alice', 'secret'), passwordLine('old', 'secret', { type: 6 })].join(
  '\n',
);
const { file } = PasswordFile.parse(text);
const alice = file!.entryOf('alice');

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('checks of passwords', () => {
  it('are at once where there is nothing to do', () => {
    expect(new PasswordQueue().check(undefined, bytes('secret'))).toBe(false);
  });

  it('know hashes of Mosquitto 1.6, which no thread of the platform makes', async () => {
    const checks = new PasswordQueue();
    expect(await checks.check(file!.entryOf('old'), bytes('secret'))).toBe(true);
    expect(await checks.check(file!.entryOf('old'), bytes('wrong'))).toBe(false);
  });

  it('are left to the platform’s threads, two at a time', async () => {
    const { subtle } = crypto;
    const derive = subtle.deriveBits.bind(subtle);
    let [now, most] = [0, 0];
    vi.spyOn(subtle, 'deriveBits').mockImplementation(async (...args) => {
      now += 1;
      most = Math.max(most, now);
      const bits = await derive(...args);
      now -= 1;
      return bits;
    });
    const rooms = Array.from({ length: 5 }, () => new PasswordQueue());
    const asked = rooms.flatMap((room) => [
      room.check(alice, bytes('secret')),
      room.check(alice, bytes('wrong')),
      room.check(alice, bytes('')),
    ]);
    expect(asked.every((answer) => answer instanceof Promise)).toBe(true);
    expect(await Promise.all(asked)).toEqual(rooms.flatMap(() => [true, false, false]));
    expect(subtle.deriveBits).toHaveBeenCalledTimes(15);
    expect(most).toBe(2);
  });

  it('take turns by room, and keep their order within one', async () => {
    const [busy, other] = [new PasswordQueue(), new PasswordQueue()];
    const begun = vi.spyOn(crypto.subtle, 'importKey');
    const all = [0, 1, 2, 3, 4, 5].map((i) => busy.check(alice, bytes(`busy ${i}`)));
    all.push(other.check(alice, bytes('other 0')), other.check(alice, bytes('other 1')));
    await Promise.all(all);
    const passwords = begun.mock.calls.map(([, key]) =>
      new TextDecoder().decode(key as Uint8Array),
    );
    const turns = [
      'busy 0',
      'busy 1',
      'busy 2',
      'other 0',
      'busy 3',
      'other 1',
      'busy 4',
      'busy 5',
    ];
    expect(passwords).toEqual(turns);
  });

  it('are dropped if no client waits for them', async () => {
    const checks = new PasswordQueue();
    const derive = vi.spyOn(crypto.subtle, 'deriveBits');
    const here = new Set<number>();
    const answers = [];
    for (let i = 0; i < 100; i += 1) {
      here.add(i);
      answers.push(checks.check(alice, bytes('secret'), () => !here.has(i)));
      // Two have begun.
      if (i >= 2) here.delete(i);
      expect(checks.waiting).toBeLessThanOrEqual(1);
    }
    const right = (await Promise.all(answers)).filter(Boolean);
    expect(right).toHaveLength(2);
    expect(derive).toHaveBeenCalledTimes(2);
  });

  it('work where the platform has no such threads', async () => {
    vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
    const checks = new PasswordQueue();
    expect(await checks.check(alice, bytes('secret'))).toBe(true);
    expect(await checks.check(alice, bytes('wrong'))).toBe(false);
  });
});
