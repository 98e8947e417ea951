/**
 * Hints for the error that ended a program, by its text: as V8 and the other engines write it, and MQTT.js.
 * For hints alone: `holds` of a check asks for what went over the wire.
 */
import type { Hint, View } from '../protocol/exercise.ts';
import { hasFailed, partedLines } from './view.ts';

/** The group `what` is a value of the sentence. */
const KINDS = {
  'error-name': /^ReferenceError: (?:Can't find variable: )?(?<what>[\w$]+)(?: is not defined|$)/,
  'error-function': /^TypeError: (?:.* )?(?<what>[\w$.]+) is not a function/,
  'error-payload': /"string" argument|Invalid payload/,
  'error-filter': /Invalid topic (?<what>.+)/,
  'error-address': /Missing protocol/,
  'error-ended': /client disconnecting/,
  'error-closed': /Connection closed/,
  'error-client-id': /Missing clientId/,
  'error-json': /^SyntaxError: .*JSON/,
  // The engines: to constant variable, to readonly property, to const 'x'.
  'error-constant': /ssign.* to (?:const|readonly)/,
  'error-callback': /"callback" argument/,
  'error-undefined':
    /^TypeError: .*(?:undefined|null).*\((?:reading|evaluating) '(?<what>\D[^']*)'\)/,
} satisfies Record<string, RegExp>;
export const errorHintIds = [
  ...(Object.keys(KINDS) as (keyof typeof KINDS)[]),
  'program-failed' as const,
];

/** Of what a sentence quotes, and of an error that it quotes whole: the page's own say what to write. */
const [LONGEST, MOST] = [60, 160];
const cut = (text: string, most = LONGEST): string =>
  text.length > most ? `${text.slice(0, most)}…` : text;

/** The error that ended the program's last run. */
export function errorOf(view: View, device: string): string | undefined {
  if (!hasFailed(view, device)) return undefined;
  const last = view.entries.findLast(
    (entry) => entry.type === 'device' && entry.device === device && entry.state === 'failed',
  );
  return (last?.type === 'device' && last.error) || '–';
}

/**
 * It has a connection that it did not leave with DISCONNECT, or none at all: what fails afterwards did not
 * wait. That it fails because of the DISCONNECT says its error.
 */
function counts(view: View, device: string, error: string): boolean {
  if (KINDS['error-ended'].test(error)) return true;
  const parted = partedLines(view, device).size;
  const opened = view.entries.filter(
    (entry) => entry.type === 'line-opened' && entry.name === device,
  ).length;
  return parted === 0 || opened > parted;
}

/**
 * A program ended by an error. For the place before the hints that only know what did not come. Values:
 * device, and what the error names.
 */
export function stopped(...devices: string[]): Hint[] {
  const errorsOf = (view: View) =>
    devices.flatMap((device) => {
      const error = errorOf(view, device);
      return error !== undefined && counts(view, device, error) ? [{ device, error }] : [];
    });
  const known = Object.entries<RegExp>(KINDS).map(([id, text]): Hint => ({
    id,
    when(view) {
      for (const { device, error } of errorsOf(view)) {
        const found = text.exec(error);
        if (found)
          return { device, ...(found.groups?.['what'] && { what: cut(found.groups['what']) }) };
      }
      return false;
    },
  }));
  const other: Hint = {
    id: 'program-failed',
    when(view) {
      const [first] = errorsOf(view);
      return first !== undefined && { device: first.device, error: cut(first.error, MOST) };
    },
  };
  return [...known, other];
}
