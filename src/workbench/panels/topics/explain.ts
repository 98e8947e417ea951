/** Why a topic filter matches a topic or does not, level by level (MQTT 5.0 and 3.1.1, section 4.7). */
import { matches, sharedFilter } from '../../../../sandbox/mqtt/topic-match.ts';
import { filterFault } from '../../../../sandbox/mqtt/topic-syntax.ts';

/**
 * What one level of the filter makes of one level of the topic:
 * same, one (+), rest (#, and every level from here on), here (# matches the level above it too),
 * differs, more (the topic has no such level), beyond (the filter ended before), dollar (a wildcard
 * at the start never matches a topic that starts with $, [MQTT-4.7.2-1]), after (decided before).
 */
export type LevelVerdict =
  'same' | 'one' | 'rest' | 'here' | 'differs' | 'more' | 'beyond' | 'dollar' | 'after';
export interface LevelPair {
  /** Undefined if that side has no such level. */
  wanted?: string;
  found?: string;
  verdict: LevelVerdict;
}
export interface Explanation {
  matches: boolean;
  /** The group of a shared subscription: it takes no part in the matching (5.0 section 4.8.2). */
  group?: string;
  levels: LevelPair[];
}

/** What makes it no filter at all, as a key of the language files (`rule.<rule>`); null if it is one. */
export const faultOfFilter = (filter: string): string | null => filterFault(filter, true);

/** `filter` is taken as valid. */
export function explain(filter: string, topic: string): Explanation {
  const shared = sharedFilter(filter);
  const wanted = (shared?.filter ?? filter).split('/');
  const found = topic.split('/');
  const levels: LevelPair[] = [];
  let open = true;
  for (let i = 0; i < Math.max(wanted.length, found.length); i += 1) {
    const pair = { wanted: wanted[i], found: found[i] };
    const verdict = open ? verdictOf(wanted, found, i) : 'after';
    levels.push({ ...pair, verdict });
    if (open && !goesOn.has(verdict)) open = false;
    // All that is left belongs to #.
    if (verdict === 'rest') {
      for (const rest of found.slice(i + 1)) levels.push({ found: rest, verdict: 'rest' });
      break;
    }
  }
  return {
    matches: matches(filter, topic),
    ...(shared && { group: shared.group }),
    levels,
  };
}

const goesOn = new Set<LevelVerdict>(['same', 'one', 'rest', 'here']);

function verdictOf(wanted: string[], found: string[], i: number): LevelVerdict {
  const [want, have] = [wanted[i], found[i]];
  const isWild = want === '+' || want === '#';
  if (i === 0 && isWild && have?.startsWith('$')) return 'dollar'; // [MQTT-4.7.2-1]
  // Section 4.7.1.2: # stands for the level above it as well.
  if (want === '#') return have === undefined ? 'here' : 'rest';
  if (want === undefined) return 'beyond';
  if (have === undefined) return 'more';
  if (want === '+') return 'one';
  return want === have ? 'same' : 'differs';
}
