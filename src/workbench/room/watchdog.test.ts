import { expect, test, vi } from 'vitest';
import { Watchdog } from './watchdog.ts';

test('silence is two questions without an answer; each answer begins anew', () => {
  vi.useFakeTimers();
  try {
    const ask = vi.fn();
    const onSilence = vi.fn();
    const dog = new Watchdog({ ask, onSilence, everyMs: 10 });
    vi.advanceTimersByTime(20);
    expect(ask).toHaveBeenCalledTimes(2);
    dog.answered();
    vi.advanceTimersByTime(20);
    expect(onSilence).not.toHaveBeenCalled();
    vi.advanceTimersByTime(100);
    expect(onSilence).toHaveBeenCalledTimes(1);
    expect(ask).toHaveBeenCalledTimes(4);
  } finally {
    vi.useRealTimers();
  }
});

test('stopped, it asks no more', () => {
  vi.useFakeTimers();
  try {
    const ask = vi.fn();
    new Watchdog({ ask, onSilence: ask, everyMs: 10 }).stop();
    vi.advanceTimersByTime(100);
    expect(ask).not.toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});
