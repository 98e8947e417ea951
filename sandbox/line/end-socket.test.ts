import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endThenDestroy, lingerBytes, lingerMs } from './end-socket.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a connection is asked to do, in order. */
class Connection extends EventEmitter {
  readonly asked: string[] = [];
  isPaused = true;
  write = (text: Uint8Array | string): unknown => this.asked.push(`write ${String(text)}`);
  end = (): unknown => this.asked.push('end');
  pause = (): unknown => (this.isPaused = true);
  resume = (): unknown => (this.isPaused = false);
  destroy(): void {
    this.asked.push('destroy');
    this.emit('close');
  }
}

test('a client that goes on sending gets the last bytes; of what it sends little is read', () => {
  const connection = new Connection();
  endThenDestroy(connection, 'last words');
  expect(connection.asked).toEqual(['write last words', 'end']);
  const chunk = new Uint8Array(65_536);
  let read = 0;
  for (; !connection.isPaused && read < 4 * lingerBytes; read += chunk.length)
    connection.emit('data', chunk);
  expect(read).toBe(lingerBytes);
  vi.advanceTimersByTime(lingerMs - 1);
  expect(connection.asked).not.toContain('destroy');
  vi.advanceTimersByTime(1);
  expect(connection.asked.at(-1)).toBe('destroy');
});

test('a client that closes is not cut off', () => {
  const connection = new Connection();
  endThenDestroy(connection);
  connection.emit('close');
  vi.advanceTimersByTime(10 * lingerMs);
  expect(connection.asked).toEqual(['end']);
});
