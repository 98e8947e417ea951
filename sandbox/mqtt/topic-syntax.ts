/** The syntax of topic names and topic filters (3.1.1 section 4.7, 5.0 sections 4.7, 4.8.2). */
import type { RuleId } from './rules/index.ts';

/** True if a topic name has `+` or `#`, which only filters may have. */
export const hasWildcard = (topic: string): boolean => topic.includes('+') || topic.includes('#');

/** Which rule a topic filter breaks, or null. `shared`: judge `$share/…` as 5.0 does. */
export function filterFault(filter: string, shared: boolean): RuleId | null {
  if (filter === '') return 'filter-empty'; // [MQTT-4.7.3-1]
  if (shared && isShared(filter)) return sharedFault(filter);
  return wildcardFault(filter);
}

/** True for `$share` itself and all below it. */
export const isShared = (filter: string): boolean =>
  filter === '$share' || filter.startsWith('$share/');

function sharedFault(filter: string): RuleId | null {
  const nameEnd = filter.indexOf('/', 7);
  const name = filter.slice(7, nameEnd < 0 ? undefined : nameEnd);
  // [MQTT-4.8.2-1]: a share name of at least one character; [MQTT-4.8.2-2]: without wildcards
  if (filter.length > 7 && (name === '' || hasWildcard(name))) return 'share-name';
  // [MQTT-4.8.2-2]: followed by "/" and a topic filter
  if (nameEnd < 0 || nameEnd === filter.length - 1) return 'share-filter';
  return wildcardFault(filter.slice(nameEnd + 1));
}

function wildcardFault(filter: string): RuleId | null {
  if (!hasWildcard(filter)) return null;
  const levels = filter.split('/');
  for (const [i, level] of levels.entries()) {
    // 3.1.1 [MQTT-4.7.1-2], 5.0 [MQTT-4.7.1-1]
    if (level.includes('#') && (level !== '#' || i !== levels.length - 1)) return 'filter-hash';
    // 3.1.1 [MQTT-4.7.1-3], 5.0 [MQTT-4.7.1-2]
    if (level.includes('+') && level !== '+') return 'filter-plus';
  }
  return null;
}
