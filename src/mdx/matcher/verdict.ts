/** Whether a topic filter matches a topic, and if not, the first difference. Pure. */
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { filterFault } from '../../../sandbox/mqtt/topic-syntax.ts';

/** Keys of the language files: `matcher.fault.<fault>`. */
export type Fault = 'empty' | 'hash' | 'plus';
/** Keys of the language files: `matcher.why.<why>`. */
export type Why = 'dollar' | 'longer' | 'shorter' | 'differs';
export type MatchResult =
  { matches: true } | { matches: false; why: Why; values: Record<string, string | number> };

/**
 * The rule that makes it an invalid filter (3.1.1 [MQTT-4.7.1-2], [MQTT-4.7.1-3], [MQTT-4.7.3-1]).
 */
export function faultOf(filter: string): Fault | undefined {
  const rule = filterFault(filter, false);
  if (rule === null) return undefined;
  return rule === 'filter-empty' ? 'empty' : rule === 'filter-hash' ? 'hash' : 'plus';
}

/** `filter` is taken as valid. Levels are counted from 1, as people count. */
export function verdictOf(filter: string, topic: string): MatchResult {
  if (matches(filter, topic)) return { matches: true };
  const wanted = filter.split('/');
  const found = topic.split('/');
  // [MQTT-4.7.2-1]
  if (topic.startsWith('$') && /^[+#]/.test(filter)) return no('dollar', {});
  for (const [at, level] of wanted.entries()) {
    if (at >= found.length) return no('shorter', { level: found.length });
    if (level !== '+' && level !== found[at]) {
      return no('differs', { level: at + 1, wanted: level, found: found[at]! });
    }
  }
  return no('longer', { level: wanted.length });
}

const no = (why: Why, values: Record<string, string | number>): MatchResult => ({
  matches: false,
  why,
  values,
});
