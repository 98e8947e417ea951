import type { FromDevice } from '../messages.ts';
import { safely, stackOf, titleOf } from './inspect.ts';

/** An uncaught exception → the message to the page; `file` is the program's name in stacks. */
export function failureOf(thrown: unknown, file: string): Extract<FromDevice, { type: 'failed' }> {
  const message = titleOf(thrown);
  const stack = safely(() => (thrown instanceof Error ? stackOf(thrown) : ''), '');
  // V8 writes `(publisher.ts:3:7)`, other engines `@publisher.ts:3:7`.
  const place = new RegExp(`(?:^|[\\s(@/])${escape(file)}:(\\d+):(\\d+)`, 'm').exec(
    stack.slice(0, 20_000),
  );
  if (!place) return { type: 'failed', message };
  return { type: 'failed', message, line: Number(place[1]), column: Number(place[2]) };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
