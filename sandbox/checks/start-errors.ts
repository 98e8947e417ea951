/** What a broker's files did that it does not start. For hints alone. */
import type { CheckResult, View } from '../protocol/exercise.ts';

type Found = NonNullable<CheckResult['hint']>;

/** Why the broker did not start, if Mosquitto's words name the consequence and not the mistake. */
const START_ERRORS = [
  // A word behind the port is the address to which the listener is bound.
  ['listener-address', /^Error creating listener|service not known/],
  // With another word than a port Mosquitto takes the words for a socket in the file system.
  ['listener-port', /unix socket/],
  ['port-taken', /already in use|create websockets/],
  // `user`, `password`, `topic`: as lines of mosquitto.conf they are a bridge's.
  ['bridge-option', /bridge conf/],
] as const;

export function notStarted(view: View): Found | undefined {
  const errors = view.entries.flatMap((entry) =>
    entry.type === 'log' && entry.level === 'error' ? [entry.text] : [],
  );
  const found = START_ERRORS.find(([, words]) => errors.some((text) => words.test(text)));
  return found && { id: found[0], values: {} };
}

export const startErrorIds = START_ERRORS.map(([id]) => id);
