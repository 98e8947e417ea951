/**
 * The page's own limits for a device's messages, after `guard.ts`: a program can evade the limits
 * of the runtime, which is in the same worker. The excess is counted and reported.
 */
import { limitLines } from './console-limit.ts';
import { fitText, withFewMarks } from './fit-text.ts';
import type { FromDevice } from './messages.ts';
import { judge } from './runtime/broker-url.ts';
import { moreText, words } from './runtime/words.ts';

/** Rows of a display: more would push everything else out of the page. */
const DISPLAY_ROWS = 8;

export interface IncomingOptions {
  language: 'en' | 'zh-tw';
  on(message: FromDevice): void;
  now?(): number;
  later?(callback: () => void, ms: number): void;
}

export function makeIncoming(settings: IncomingOptions) {
  const { language, on, now = Date.now, later = setTimeout } = settings;
  const more = moreText(language);
  const began = now();
  const lines = limitLines({
    write: (level, text, at) => on({ type: 'console', level, text, at }),
    leftOut: (count) => words(language)('device.leftOut', { count: String(count) }),
    now,
    later: (callback, ms) => void later(callback, ms),
    times: 2,
  });
  return {
    receive(message: FromDevice): void {
      switch (message.type) {
        case 'console': {
          // Printed between the start of the program and now, whatever time the message has.
          const at = Math.min(now(), Math.max(began, message.at));
          return lines.line(message.level, fitText(message.text, more), at);
        }
        case 'failed':
          return on({ ...message, message: fitText(message.message, more) });
        case 'mapped':
          return isRoom(message.url) ? on(message) : undefined;
        case 'face-value': {
          const { value } = message;
          if (typeof value !== 'string') return on(message);
          const rows = withFewMarks(value).split('\n', DISPLAY_ROWS);
          return on({ ...message, value: rows.join('\n') });
        }
        case 'face': {
          const { name, options } = message;
          const { unit } = options;
          return on({
            ...message,
            name: withFewMarks(name),
            options: { ...options, ...(unit !== undefined && { unit: withFewMarks(unit) }) },
          });
        }
        default:
          return on(message);
      }
    },
    /** The count of lines left out comes before the last message. */
    flush: () => lines.flush(),
  };
}

/** The page reports that this URL means the room, so it must be a URL that the runtime maps. */
function isRoom(url: string): boolean {
  const [, protocol, host, port] = /^(\w+):\/\/([\w.]+|\[?::1\]?)(?::(\d{1,5}))?$/.exec(url) ?? [];
  if (protocol === undefined || host === undefined) return false;
  return judge({ protocol, host, ...(port && { port }), anyPort: true, hosts: ['cloud', 'class'] })
    .room;
}
