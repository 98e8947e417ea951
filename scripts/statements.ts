/**
 * The normative statements of the two OASIS standards, by number: Appendix B of MQTT 3.1.1 (29
 * October 2014) and of MQTT 5.0 (7 March 2019). They number differently: [MQTT-3.1.2-22] is about
 * the password flag in one and about keep alive in the other.
 */
export type Version = '3.1.1' | '5.0';

/** Section, first and last number. 3.1.1 prints the last of section 3.8.3 as `MQTT-3-8.3-4`. */
const ranges: Record<Version, string> = {
  '3.1.1': `1.5.3 1-3, 2.2.2 1-2, 2.3.1 1-7, 3.1.0 1-2, 3.1.2 1-24, 3.1.3 1-11, 3.1.4 1-5, 3.2.0 1-1,
    3.2.2 1-6, 3.3.1 1-12, 3.3.2 1-3, 3.3.4 1-1, 3.3.5 1-2, 3.6.1 1-1, 3.8.1 1-1, 3.8.3 1-4,
    3.8.4 1-6, 3.9.3 1-2, 3.10.1 1-1, 3.10.3 1-2, 3.10.4 1-6, 3.12.4 1-1, 3.14.1 1-1, 3.14.4 1-3,
    4.1.0 1-2, 4.3.1 1-1, 4.3.2 1-2, 4.3.3 1-2, 4.4.0 1-1, 4.5.0 1-2, 4.6.0 1-6, 4.7.1 1-3,
    4.7.2 1-1, 4.7.3 1-4, 4.8.0 1-2, 6.0.0 1-4, 7.0.0 1-2, 7.1.1 1-1, 7.1.2 1-1`,
  '5.0': `1.5.4 1-3, 1.5.5 1-1, 1.5.7 1-1, 2.1.3 1-1, 2.2.1 2-6, 2.2.2 1-1, 3.1.0 1-2, 3.1.2 1-30,
    3.1.3 1-12, 3.1.4 1-6, 3.2.0 1-2, 3.2.2 1-22, 3.3.1 1-13, 3.3.2 1-20, 3.3.4 1-10, 3.4.2 1-3,
    3.5.2 1-3, 3.6.1 1-1, 3.6.2 1-3, 3.7.2 1-3, 3.8.1 1-1, 3.8.3 1-5, 3.8.4 1-8, 3.9.2 1-2,
    3.9.3 1-2, 3.10.1 1-1, 3.10.3 1-2, 3.10.4 1-6, 3.11.2 1-2, 3.11.3 1-2, 3.12.4 1-1, 3.14.0 1-1,
    3.14.1 1-1, 3.14.2 1-4, 3.14.4 1-3, 3.15.1 1-1, 3.15.2 1-3, 4.1.0 1-2, 4.2 1-1, 4.3.1 1-1,
    4.3.2 1-5, 4.3.3 1-13, 4.4.0 1-2, 4.5.0 1-2, 4.6.0 1-6, 4.7.0 1-1, 4.7.1 1-2, 4.7.2 1-1,
    4.7.3 1-4, 4.8.2 1-6, 4.9.0 1-3, 4.12.0 1-7, 4.12.1 1-2, 4.13.1 1-1, 4.13.2 1-1, 6.0.0 1-4`,
};

/**
 * Numbers with the same statement in both: the only ones in both that need no version beside them.
 */
const shared = `3.1.0 1-2, 3.1.2 1-3, 3.1.3 1-6, 3.1.4 1-1, 3.2.0 1-1, 3.3.1 1-5, 3.3.2 1-3, 3.3.4 1-1,
  3.6.1 1-1, 3.8.1 1-1, 3.8.3 1-1, 3.8.4 1-3, 3.9.3 1-2, 3.10.1 1-1, 3.10.3 1-2, 3.10.4 1-4,
  3.10.4 6-6, 3.12.4 1-1, 3.14.1 1-1, 3.14.4 3-3, 4.3.1 1-1, 4.4.0 1-1, 4.5.0 1-2, 4.6.0 1-4,
  4.7.2 1-1, 4.7.3 1-4, 6.0.0 1-4`;

function numbers(list: string): Set<string> {
  const all = new Set<string>();
  for (const range of list.split(',')) {
    const [section, span] = range.trim().split(' ') as [string, string];
    const [first, last] = span.split('-').map(Number) as [number, number];
    for (let n = first; n <= last; n++) all.add(`MQTT-${section}-${n}`);
  }
  return all;
}

const existing = { '3.1.1': numbers(ranges['3.1.1']), '5.0': numbers(ranges['5.0']) };
const same = numbers(shared);

/** Whether this version has a statement of this number: `exists('5.0', 'MQTT-3.3.4-9')`. */
export const exists = (version: Version, id: string): boolean => existing[version].has(id);

/** Whether the number alone identifies a statement. */
export const isPlain = (id: string): boolean =>
  same.has(id) || exists('3.1.1', id) !== exists('5.0', id);

export interface Mention {
  id: string;
  /** The version that is written before it: `3.1.1 [MQTT-…]`, `5.0 [MQTT-…], [MQTT-…]`. */
  version: Version | null;
}

/** The statements that a text names. */
export function mentions(text: string): Mention[] {
  const found: Mention[] = [];
  let version: Version | null = null;
  let end = 0;
  for (const match of text.matchAll(/MQTT-\d+(?:\.\d+)+-\d+/g)) {
    const between = text.slice(end, match.index);
    const named = /\b(3\.1\.1|5\.0)[\s*/]*\[$/.exec(between)?.[1] as Version | undefined;
    // A list goes on: `5.0 [MQTT-…], [MQTT-…]`.
    const goesOn = end > 0 && /^\][\s*/]*,?[\s*/]*\[$/.test(between);
    version = named ?? (goesOn ? version : null);
    found.push({ id: match[0], version });
    end = match.index + match[0].length;
  }
  return found;
}
