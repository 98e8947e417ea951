/**
 * What the shell made of a command in the page's terminal: the trace has the line and the words that the
 * program was given. For hints alone. `holds` of a check asks for what went over the wire.
 */
import type { CheckResult, View } from '../protocol/exercise.ts';
import type { DeviceEntry, Typed } from '../protocol/trace.ts';
import { stateOf } from './view.ts';

type Found = NonNullable<CheckResult['hint']>;

export const shellHintIds = [
  'shell-quotes',
  'shell-variable',
  'shell-comment',
  'shell-stray',
  'shell-elsewhere',
  'shell-waiting',
  'shell-failed',
] as const;

type TypedEntry = DeviceEntry & { typed: Typed };
const allTyped = (view: View): TypedEntry[] =>
  view.entries.filter(
    (entry): entry is TypedEntry => entry.type === 'device' && entry.typed !== undefined,
  );
/** Without the lines in which the shell ran programs that are no clients. */
const typedIn = (view: View): TypedEntry[] =>
  allTyped(view).filter(({ state }) => state !== 'ended');

/** The line that was typed last, as far as it is told: not if it names a password file's program. */
export const lastLine = (view: View): string | undefined => {
  const line = allTyped(view).at(-1)?.typed.line;
  return line === undefined ? line : cut(line);
};

/** What was typed last for each program, by its name: a mistake that was mended is not spoken of. */
export function lastTyped(view: View): ReadonlyMap<string, Typed> {
  const last = new Map<string, Typed>();
  for (const { device, state, typed } of typedIn(view)) {
    if (state === 'running') last.set(device, typed);
  }
  return last;
}

/** The value of an option, by its names: `-t a` and `--topic a`; undefined if it has none. */
export function optionOf({ words }: Typed, ...names: string[]): string | undefined {
  const at = words.findIndex((word) => names.includes(word));
  return at < 0 ? undefined : words[at + 1];
}

/** The first command, in the order in which programs were first typed, in which a word went astray. */
export function shellAte(view: View): Found | undefined {
  for (const typed of lastTyped(view).values()) {
    const found = quotes(typed) ?? variable(typed) ?? comment(typed) ?? stray(typed);
    if (found) return found;
  }
  for (const [program, typed] of lastTyped(view)) {
    const found = elsewhere(view, program, typed);
    if (found) return found;
  }
  return waiting(view) ?? failedLine(view);
}

/** The page's terminals reach the broker of the page, and no other machine. */
function elsewhere(view: View, program: string, typed: Typed): Found | undefined {
  const host = optionOf(typed, '-h', '--host');
  if (host === undefined || /^(?:localhost|127\.[\d.]+|::1)$/.test(host)) return undefined;
  const isFailed = stateOf(view, program) === 'failed';
  return isFailed ? { id: 'shell-elsewhere', values: { host } } : undefined;
}

/** Characters of a line that a sentence holds. */
const LONGEST = 48;
const cut = (line: string): string => (line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line);
const programOf = (line: string): string => /^\s*(mosquitto_\w+)/.exec(line)?.[1] ?? '';

/** The last line was typed while another command ran, or stands behind one that does not end. */
function waiting(view: View): Found | undefined {
  const last = typedIn(view).at(-1);
  if (!last) return undefined;
  const ends = view.entries.filter(
    ({ n, ...entry }) =>
      n > last.n &&
      entry.type === 'device' &&
      entry.device === last.device &&
      entry.state === 'ended',
  );
  // The end of the one before, and its own.
  if (last.state === 'off' && ends.length > 1) return undefined;
  const [, behind = ''] = /[;&]\s*(mosquitto_(?:pub|sub|rr)\b.*)$/.exec(last.typed.line) ?? [];
  const isBehind = behind !== '' && last.state === 'running' && programOf(behind) !== last.device;
  if (last.state !== 'off' && (!isBehind || stateOf(view, last.device) === 'failed'))
    return undefined;
  return { id: 'shell-waiting', values: { line: cut(isBehind ? behind : last.typed.line) } };
}

/** A line that the shell could not run: the last one, or one whose program was not typed again. */
function failedLine(view: View): Found | undefined {
  const all = typedIn(view);
  const found = all.find(
    ({ state, typed }, at) =>
      state === 'failed' &&
      (at === all.length - 1 ||
        (programOf(typed.line) !== '' &&
          all.slice(at).every(({ device }) => device !== programOf(typed.line)))),
  );
  return found && { id: 'shell-failed', values: { line: cut(found.typed.line) } };
}

/** Of a word processor, of a chat, of Chinese: to the shell they are letters. */
function quotes({ words }: Typed): Found | undefined {
  const word = words.find((one) => /^[“”„‘’‚«「『＂＇]/.test(one));
  return word === undefined ? undefined : { id: 'shell-quotes', values: { word } };
}

/** `$SYS` outside of single quotes is a variable that nobody has set. */
function variable({ line, words }: Typed): Found | undefined {
  const [, rest] = /\$SYS([^\s'"]*)/.exec(line) ?? [];
  if (rest === undefined || words.some((word) => word.includes('$SYS'))) return undefined;
  const word = words.find((one) => rest !== '' && one.endsWith(rest)) ?? '';
  return { id: 'shell-variable', values: { word } };
}

/** Options that take no word. */
const FLAGS =
  /^(?:-[cdElnNrRsSv]+|--(?:debug|quiet|retain|verbose|null-message|stdin-(?:line|file)))$/;

/** `home/ #` and `-t #`: a comment that was meant as a wildcard. */
function comment({ line, words }: Typed): Found | undefined {
  const last = words.at(-1);
  if (last === undefined || !/^-|\/$/.test(last) || FLAGS.test(last)) return undefined;
  const at = line.indexOf(`${last} `);
  const [, lost] = /^\s*(#.*)$/.exec(at < 0 ? '' : line.slice(at + last.length)) ?? [];
  return lost === undefined ? undefined : { id: 'shell-comment', values: { lost } };
}

/** A word that no option takes. `-D` takes three words or four, any other at most one. */
function stray({ words }: Typed): Found | undefined {
  if (words.some((word) => word === '-D' || word === '--property')) return undefined;
  const takesOne = (word = '') => word.startsWith('-') && !FLAGS.test(word);
  const word = words.find((one, at) => !one.startsWith('-') && !takesOne(words[at - 1]));
  return word === undefined ? undefined : { id: 'shell-stray', values: { word } };
}
