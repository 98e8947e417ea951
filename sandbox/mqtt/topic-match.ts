/** Topic names and filters, pure: which filter matches which topic (MQTT 5.0, section 4.7). */

/**
 * True if `filter` matches `topic`. Both must be valid. Of a shared subscription
 * (`$share/group/filter`) the filter after the group is matched.
 */
export function matches(filter: string, topic: string): boolean {
  return matchesLevels(filterOf(filter).split('/'), topic.split('/'));
}

/** The same for split levels, for callers that test many filters. */
export function matchesLevels(wanted: readonly string[], levels: readonly string[]): boolean {
  // [MQTT-4.7.2-1] A filter that starts with a wildcard matches no topic that starts with $.
  if ((wanted[0] === '#' || wanted[0] === '+') && levels[0]!.startsWith('$')) return false;
  for (let i = 0; i < wanted.length; i++) {
    // Section 4.7.1.2: # stands for the parent level and any number of levels below it.
    if (wanted[i] === '#') return true;
    if (i >= levels.length) return false;
    // Section 4.7.1.3: `+` matches exactly one level, also an empty one.
    if (wanted[i] !== '+' && wanted[i] !== levels[i]) return false;
  }
  return wanted.length === levels.length;
}

export interface SharedFilter {
  group: string;
  filter: string;
}

/** Takes `$share/group/filter` apart (section 4.8.2); null for any other filter. */
export function sharedFilter(filter: string): SharedFilter | null {
  if (!filter.startsWith('$share/')) return null;
  const end = filter.indexOf('/', 7);
  if (end < 0) return null;
  return { group: filter.slice(7, end), filter: filter.slice(end + 1) };
}

/**
 * True if the group has a name without wildcards and a filter follows ([MQTT-4.8.2-1],
 * [MQTT-4.8.2-2]).
 */
export function validShared({ group, filter }: SharedFilter): boolean {
  return group !== '' && !/[+#]/.test(group) && filter !== '';
}

function filterOf(filter: string): string {
  return sharedFilter(filter)?.filter ?? filter;
}
