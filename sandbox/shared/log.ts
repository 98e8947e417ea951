/**
 * What goes wrong, for the host. What an error says may hold what a learner sent (`JSON.parse` quotes its
 * input), so a log gets its kind, its code and where it happened, and text of others only without what it quotes.
 */
export interface LoggedError {
  name: string;
  code?: string;
  message: string;
  /** Function, file, line and column. */
  frames: string[];
}
export interface LogEntry {
  level: 'info' | 'warn' | 'error';
  /** A name for programs: `request-failed`. */
  event: string;
  /** A sentence for people. */
  text?: string;
  fields?: Readonly<Record<string, string | number | boolean | null>>;
  error?: LoggedError;
}
type Sink = (entry: LogEntry) => void;

const FRAMES = 12;
const LENGTH = 600;

/** Everything between quotes, also if the text was cut within them. */
const quoted = /(["'`“‘«])(?:(?!\1|[”’»]).)*(?:\1|[”’»]|$)/gs;

export function describeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { name: typeof error, message: '', frames: [] };
  const { name, stack = '', message } = error;
  const { code } = error as { code?: unknown };
  return {
    name,
    ...(typeof code === 'string' && { code }),
    message: String(message).replaceAll(quoted, '…').replace(/\s+/g, ' ').slice(0, LENGTH),
    // Before the frames stands the message, which may have lines that look like one.
    frames: stack
      .slice(stack.includes(message) ? stack.indexOf(message) + message.length : stack.length)
      .split('\n')
      .map((line) => /^\s+at (.{1,300})$/.exec(line)?.[1])
      .filter((frame) => frame !== undefined)
      .slice(0, FRAMES),
  };
}

/** As a person reads it. */
export function plainLine({ event, text, error }: LogEntry): string {
  const lines = [text ?? event];
  if (error) {
    const { name, code, message, frames } = error;
    lines.push(
      `  ${[name, !message.includes(code ?? '') && code, message].filter(Boolean).join(': ')}`,
    );
    lines.push(...frames.map((frame) => `    at ${frame}`));
  }
  return lines.join('\n');
}

const plain: Sink = (entry) => {
  const say = { info: console.log, warn: console.warn, error: console.error }[entry.level];
  say(plainLine(entry));
};
let sink = plain;

export const log = {
  info: (event: string, text: string, fields: LogEntry['fields'] = {}): void =>
    sink({ level: 'info', event, text, fields }),
  warn: (event: string, text: string, fields: LogEntry['fields'] = {}): void =>
    sink({ level: 'warn', event, text, fields }),
  error: (event: string, error: unknown): void =>
    sink({ level: 'error', event, error: describeError(error) }),
};

/** @returns how to log as before */
export function logTo(other: Sink): () => void {
  const before = sink;
  sink = other;
  return () => void (sink = before);
}

/** One line of JSON; `time` is first. */
export const jsonLine = (
  { level, event, text, fields, error }: LogEntry,
  time = new Date(),
): string =>
  JSON.stringify({
    time: time.toISOString(),
    level,
    event,
    ...(text && { text }),
    ...fields,
    error,
  });
