/**
 * Over a learner's shoulder: what the server says on `class/<member>/look` while somebody else looks, and what the
 * learner's page sends on `class/<member>/screen` meanwhile. All of a screen is the learner's: it proves nothing.
 */
import * as v from 'valibot';
import { mostScreenBytes } from './class-topics.ts';
import { parseJson } from './parse-json.ts';

/** The server says this often that somebody looks; after so long without it nobody does. Seconds. */
export const lookAgainSeconds = 10;
export const lookSeconds = 30;
/** Who a connection is on the class's broker that looks at a member: its client's identifier begins with it. */
export const lookerAt = (member: string): string => `look_${member}`;
/** A learner's page sends at most one screen in so many milliseconds. */
export const screenMs = 500;

const id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/));
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const text = (most: number) => v.pipe(v.string(), v.maxLength(most));

const look = v.object({
  /** Of the look: another one has another id. */
  id,
  /** For how long it has lasted; null: it is over. */
  seconds: v.nullable(v.pipe(count, v.maxValue(86_400))),
});
export type Look = v.InferOutput<typeof look>;

/** Of the programs, the console and the checks, so much is sent. */
export const mostOfScreen = { files: 8, text: 16_000, lines: 100, line: 400, checks: 60 } as const;
const name = text(100);

export const screen = v.object({
  /** A learner may have several pages open. */
  page: id,
  /** It is in front of the learner. */
  isShown: v.boolean(),
  /** `<lesson>/<exercise>`. */
  exercise: v.pipe(v.string(), v.maxLength(200), v.regex(/^[a-z0-9-]+\/[a-z0-9-]+$/)),
  /** The code of its room on the server; null: it has none, or its room is in the page. */
  room: v.nullable(v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,40}$/))),
  place: v.picklist(['server', 'browser']),
  phase: v.picklist(['idle', 'compiling', 'starting', 'running', 'ended']),
  /** The program that the editor shows. */
  file: name,
  files: v.pipe(
    v.array(v.object({ name, text: text(mostOfScreen.text) })),
    v.maxLength(mostOfScreen.files),
  ),
  /** The newest lines of the console. */
  lines: v.pipe(
    v.array(
      v.object({
        device: name,
        level: v.picklist(['debug', 'log', 'info', 'warn', 'error']),
        text: text(mostOfScreen.line + 1),
      }),
    ),
    v.maxLength(mostOfScreen.lines),
  ),
  checks: v.pipe(
    v.array(v.object({ id: name, state: v.picklist(['true', 'not-yet']) })),
    v.maxLength(mostOfScreen.checks),
  ),
  /** Something was too long and is not here. */
  isCut: v.boolean(),
});
export type Screen = v.InferOutput<typeof screen>;
/** What a workbench says of itself; any length. */
export type ScreenPart = Omit<Screen, 'page' | 'isShown' | 'isCut'>;

const readerOf =
  <const Schema extends v.GenericSchema>(schema: Schema) =>
  (payload: Uint8Array): v.InferOutput<Schema> | undefined =>
    parseJson(schema, new TextDecoder().decode(payload));
export const readLook = readerOf(look);
export const readScreen = readerOf(screen);

const bytesOf = (json: string): number => new TextEncoder().encode(json).length;
/** Not between the two halves of a character. */
const cut = (long: string, most: number): string =>
  long.length > most ? long.slice(0, most).replace(/[\uD800-\uDBFF]$/, '') : long;

/** The screen as a message of at most `mostScreenBytes` bytes: the console gives way before the programs. */
export function screenJson(all: Omit<Screen, 'isCut'>): string {
  const fitted: Screen = {
    ...all,
    file: cut(all.file, 100),
    files: all.files
      .slice(0, mostOfScreen.files)
      .map((one) => ({ name: cut(one.name, 100), text: cut(one.text, mostOfScreen.text) })),
    lines: all.lines.slice(-mostOfScreen.lines).map(({ device, level, text: said }) => {
      const short = cut(said, mostOfScreen.line);
      return { device: cut(device, 100), level, text: short === said ? said : `${short}…` };
    }),
    checks: all.checks
      .slice(0, mostOfScreen.checks)
      .map((one) => ({ id: one.id, state: one.state })),
    isCut: false,
  };
  fitted.isCut = all.files.some(
    ({ text: whole }, at) => whole.length !== fitted.files[at]?.text.length,
  );
  for (;;) {
    const json = JSON.stringify(fitted);
    if (bytesOf(json) <= mostScreenBytes) return json;
    if (fitted.lines.length > 0) {
      fitted.lines = fitted.lines.slice(Math.ceil(fitted.lines.length / 2));
      continue;
    }
    fitted.isCut = true;
    const [longest] = [...fitted.files].sort((a, b) => b.text.length - a.text.length);
    longest!.text = cut(longest!.text, Math.floor(longest!.text.length / 2));
  }
}
