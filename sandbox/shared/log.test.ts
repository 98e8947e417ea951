import { afterEach, describe, expect, test } from 'vitest';
import { describeError, jsonLine, log, logTo, plainLine, type LogEntry } from './log.ts';

const thrownBy = (run: () => unknown): Error => {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
};
let restore = (): void => {};
afterEach(() => restore());

describe('an error in a log', () => {
  test.each<[string, () => unknown]>([
    ['JSON that a learner sent', () => JSON.parse('{"secret-topic": 1')],
    ['the beginning of it', () => JSON.parse('secret-topic and more')],
    ['quotes that do not end', () => { throw new Error('said "secret-topic'); }], // prettier-ignore
    ['other quotes', () => { throw new Error('said “secret-topic”, ‘secret-topic’ and `secret-topic`'); }], // prettier-ignore
    ['several lines', () => { throw new Error('said "secret\n-topic\n    at secret-topic"'); }], // prettier-ignore
    ['a name of a class', () => { throw Object.assign(new Error('x'), { cause: 'secret-topic', input: 'secret-topic' }); }], // prettier-ignore
  ])('holds nothing of %s', (_, run) => {
    const error = describeError(thrownBy(run));
    const entry: LogEntry = { level: 'error', event: 'x', error };
    for (const line of [jsonLine(entry), plainLine(entry)]) {
      expect(line).not.toContain('secret');
      expect(line).toContain('log.test.ts');
    }
  });

  test('says what and where', () => {
    const error = describeError(Object.assign(new Error('disk full'), { code: 'ENOSPC' }));
    expect(error).toMatchObject({ name: 'Error', code: 'ENOSPC', message: 'disk full' });
    expect(error.frames[0]).toMatch(/log\.test\.ts:\d+:\d+/);
    expect(describeError('text')).toEqual({ name: 'string', message: '', frames: [] });
  });
});

test('a line of JSON is one line, whatever is in it', () => {
  const entry: LogEntry = { level: 'warn', event: 'x', text: 'a\nb', fields: { port: 1 } };
  const line = jsonLine(entry, new Date(0));
  expect(line).not.toContain('\n');
  expect(JSON.parse(line)).toEqual({ time: '1970-01-01T00:00:00.000Z', level: 'warn', event: 'x', text: 'a\nb', port: 1 }); // prettier-ignore
});

test('goes where it is sent', () => {
  const seen: LogEntry[] = [];
  restore = logTo((entry) => seen.push(entry));
  log.warn('odd', 'Something is odd.', { port: 5 });
  expect(seen).toEqual([{ level: 'warn', event: 'odd', text: 'Something is odd.', fields: { port: 5 } }]); // prettier-ignore
});
