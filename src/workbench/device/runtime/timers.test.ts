import { describe, expect, it } from 'vitest';
import { countedTimers, MAX_TIMERS, type NativeTimers } from './timers.ts';

/** Native timers that run when they are told to. */
function surroundings() {
  const waiting = new Map<unknown, () => void>();
  const add: NativeTimers['setTimeout'] = (callback) => {
    const id = {};
    waiting.set(id, callback);
    return id;
  };
  const remove = (id: unknown): void => void waiting.delete(id);
  const native = { setTimeout: add, setInterval: add, clearTimeout: remove, clearInterval: remove };
  let refused = 0;
  const counted = countedTimers(native, {
    changed() {},
    tooMany: () => new RangeError(`refused ${++refused}`),
  });
  return { waiting, ...counted };
}

describe('the bound of timers', () => {
  it.each(['setTimeout', 'setInterval'] as const)('refuses %s above it', (kind) => {
    const { waiting, timers, count } = surroundings();
    const ids = Array.from({ length: MAX_TIMERS }, () => timers[kind](() => {}));
    expect(() => timers.setTimeout(() => {})).toThrow('refused 1');
    expect(() => timers.setInterval(() => {})).toThrow('refused 2');
    expect(waiting.size).toBe(MAX_TIMERS);
    timers.clearTimeout(ids[0]);
    timers.setTimeout(() => {});
    expect(() => timers.setTimeout(() => {})).toThrow('refused 3');
    expect(count()).toBe(MAX_TIMERS);
  });

  it('counts those that wait, however many there have been', () => {
    const { waiting, timers, count } = surroundings();
    let ran = 0;
    const again = (): void => {
      if (++ran <= 3 * MAX_TIMERS) timers.setTimeout(again);
    };
    again();
    for (let next = [...waiting][0]; next; next = [...waiting][0]) {
      waiting.delete(next[0]);
      next[1]();
    }
    expect(ran).toBe(3 * MAX_TIMERS + 1);
    expect(count()).toBe(0);
  });
});
