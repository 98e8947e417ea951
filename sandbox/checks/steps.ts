/** Checks that build on each other, and what can go wrong before and between them. */
import type { Check, Hint, View } from '../protocol/exercise.ts';
import { brokeOff } from './common.ts';
import { errorOf, stopped } from './errors.ts';
import { accepted, hasFailed, over, packets, partedLines } from './view.ts';

/**
 * Checks that a learner makes true one after the other: only the first that does not hold gives a
 * hint, for the others fail because of it.
 * @param before hints of every check, before its own
 */
export const inTurn = (checks: readonly Check[], before: readonly Hint[] = []): Check[] =>
  checks.map(({ id, holds, hints = [] }, at) => {
    const isNext = (view: View) => checks.slice(0, at).every((check) => check.holds(view));
    return {
      id,
      holds,
      hints: [...before, ...hints].map((hint) => ({
        id: hint.id,
        when: (view: View) => isNext(view) && hint.when(view),
      })),
    };
  });

/**
 * Checks in turn; what the broker refused comes first, then the check's own hints.
 * @param devices the exercise's programs, without `.ts`
 */
export const steps = (devices: readonly string[], checks: readonly Check[]): Check[] =>
  inTurn(checks, troubles(devices));

/** The lesson has a sentence for each of them. */
const troubles = (devices: readonly string[]): Hint[] => [
  // Values: device, and the statement or section.
  { id: 'broken-rule', when: (view) => firstOf(devices, (device) => brokenRule(view, device)) },
  // Values: device, and how often.
  {
    id: 'unwritable',
    when: (view) =>
      firstOf(devices, (device) => {
        const count = brokeOff(view, device);
        return count !== undefined && { count };
      }),
  },
  // An error that kept a program from connecting says more than that it never came.
  ...devices.flatMap((device) =>
    stopped(device).map(({ id, when }): Hint => ({
      id,
      when: (view) => connacks(view, device).length === 0 && when(view),
    })),
  ),
  {
    id: 'never-connected',
    when: (view) =>
      firstOf(devices, (device) => over(view, device) && connacks(view, device).length === 0 && {}),
  },
];

/** The program ended by an error, which it printed. For the place before a step's last hint. */
export const failed = (...devices: string[]): Hint => ({
  id: 'failed',
  when: (view) => firstOf(devices, (device) => hasFailed(view, device) && {}),
});

/**
 * A program ended by an error: one that the lesson itself explains, or any other. For the place before a
 * step's last hint.
 */
export const explained = (error: RegExp, ...devices: string[]): Hint[] => [
  {
    id: 'failed',
    when: (view) => firstOf(devices, (device) => error.test(errorOf(view, device) ?? '') && {}),
  },
  ...stopped(...devices),
];

/** The broker refused every connection: for an exercise whose broker can. */
export const refused = (device: string): Hint => ({
  id: 'refused',
  // Values: device, and CONNACK's code in hexadecimal.
  when(view) {
    const [first] = connacks(view, device);
    if (!first || accepted(view, device).length > 0) return false;
    return { device, code: hex(first.packet.reasonCode) };
  },
});

type Values = Record<string, string | number>;

function firstOf(devices: readonly string[], find: (device: string) => Values | false) {
  for (const device of devices) {
    const found = find(device);
    if (found) return { device, ...found };
  }
  return false;
}

/** Lines of the device, also those that ended before CONNACK. */
const linesOf = (view: View, device: string): ReadonlySet<number> =>
  new Set(
    view.entries.flatMap((entry) =>
      entry.type === 'line-opened' && entry.name === device ? [entry.line] : [],
    ),
  );

/** MQTT.js may acknowledge a message that crosses its DISCONNECT: not the program's mistake. */
function brokenRule(view: View, device: string): Values | false {
  const lines = linesOf(view, device);
  const parted = partedLines(view, device);
  const found = view.entries.find(
    (entry) =>
      entry.type === 'refused' &&
      lines.has(entry.line) &&
      !parted.has(entry.line) &&
      // Of that the hint that every exercise has says more.
      entry.rule !== 'packet-id-zero',
  );
  return found?.type === 'refused' && { statement: found.statement };
}

const connacks = (view: View, device: string) =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name: device });

/** A reason code as the panels write it: `0x87`. */
export const hex = (code: number): string =>
  `0x${code.toString(16).toUpperCase().padStart(2, '0')}`;

export { visible } from './common.ts';
