/**
 * The picture of a shared room: who publishes, and to which topics. Many topics become few groups: a member's name and
 * numbers in a topic are `+`. It is bounded, whatever members publish.
 */
import { readSharedTopic, type SharedPicture } from '../../protocol/shared-room.ts';
import type { Wanted, Who } from './access.ts';

/** Groups of topics in all, and groups that one member has begun. */
const mostGroups = 60;
const mostGroupsOfMember = 10;
const mostLatest = 12;
/** Characters of a payload, and of a topic. */
const mostText = 60;
const mostTopic = 120;
/** Seconds over which messages are counted. */
const windowSeconds = 5;

interface Group {
  begunBy: Who;
  messages: number;
  at: number;
  last: { from: Who; text: string };
  /** The latest number of each member; NaN if it was none. */
  numbers: Map<Who, number>;
}

const reading = new TextDecoder();
const cut = (text: string, most: number): string =>
  [...text.slice(0, most * 2)].length > most ? `${[...text.slice(0, most * 2)].slice(0, most).join('')}…` : text; // prettier-ignore

/** As text for a person; what is no text is its length. */
function textOf(payload: Uint8Array): string {
  const text = reading.decode(payload.subarray(0, mostText * 4));
  if (/[\u0000-\u0008\u000e-\u001f\ufffd]/.test(text.slice(0, mostText)))
    return `(${payload.length} bytes)`;
  return cut(text.replace(/[\s\p{C}]+/gu, ' '), mostText);
}

/** `class/mei/room/3` → `class/+/room/+`. */
export function groupOf(topic: string): string {
  const to = readSharedTopic(topic);
  const levels = (to ? to.rest : topic).split('/');
  const rest = levels.map((level) => (/^\d+$/.test(level) ? '+' : level)).join('/');
  const head = to ? `class/${to.of === 'all' ? 'all' : '+'}/` : '';
  return cut(head + rest.replace(/\p{C}+/gu, ' '), mostTopic);
}

export class Stage {
  readonly #now: () => number;
  readonly #members = new Map<Who, { messages: number; at: number }>();
  readonly #groups = new Map<string, Group>();
  readonly #seconds = new Map<number, number>();
  readonly #latest: { from: Who; topic: string; text: string; retain: boolean }[] = [];
  #messages = 0;
  #refused = 0;
  #others = 0;
  /** Counts changes: who has drawn the latest need not draw again. */
  version = 0;

  /** @param now milliseconds */
  constructor(now: () => number = Date.now) {
    this.#now = now;
  }

  published(who: Who, { topic, payload, retain }: Wanted): void {
    const now = this.#now();
    const text = textOf(payload);
    this.version++;
    this.#messages++;
    const second = Math.floor(now / 1_000);
    this.#seconds.set(second, (this.#seconds.get(second) ?? 0) + 1);
    if (this.#seconds.size > windowSeconds * 2)
      for (const old of this.#seconds.keys()) if (second - old > windowSeconds) this.#seconds.delete(old); // prettier-ignore
    const member = this.#members.get(who) ?? { messages: 0, at: now };
    this.#members.set(who, { messages: member.messages + 1, at: now });
    this.#latest.unshift({ from: who, topic: cut(topic, mostTopic), text, retain });
    this.#latest.length = Math.min(this.#latest.length, mostLatest);
    const group = this.#group(who, groupOf(topic));
    if (!group) return void this.#others++;
    group.messages++;
    group.at = now;
    group.last = { from: who, text };
    group.numbers.set(who, text.trim() === '' ? NaN : Number(text));
  }

  refused(): void {
    this.version++;
    this.#refused++;
  }

  #group(who: Who, topic: string): Group | undefined {
    const known = this.#groups.get(topic);
    if (known) return known;
    const all = [...this.#groups.values()];
    if (all.filter(({ begunBy }) => begunBy === who).length >= mostGroupsOfMember) return undefined;
    if (all.length >= mostGroups) {
      const [oldest] = [...this.#groups].sort(([, a], [, b]) => a.at - b.at);
      this.#groups.delete(oldest![0]);
    }
    const begun = { begunBy: who, messages: 0, at: 0, last: { from: who, text: '' }, numbers: new Map() }; // prettier-ignore
    this.#groups.set(topic, begun);
    return begun;
  }

  forget(who: Who): void {
    this.version++;
    this.#members.delete(who);
    for (const [topic, group] of this.#groups) {
      group.numbers.delete(who);
      if (group.numbers.size === 0) this.#groups.delete(topic);
    }
    const left = this.#latest.filter(({ from }) => from !== who);
    this.#latest.splice(0, this.#latest.length, ...left);
  }

  clear(): void {
    this.version++;
    for (const all of [this.#members, this.#groups, this.#seconds]) all.clear();
    this.#latest.length = this.#messages = this.#refused = this.#others = 0;
  }

  messagesOf(who: Who): { messages: number; ago: number | null } {
    const member = this.#members.get(who);
    if (!member) return { messages: 0, ago: null };
    return { messages: member.messages, ago: Math.max(0, this.#now() - member.at) };
  }

  get picture(): Pick<
    SharedPicture,
    'messages' | 'perSecond' | 'refused' | 'topics' | 'otherTopics' | 'latest'
  > {
    // prettier-ignore
    const now = this.#now();
    const second = Math.floor(now / 1_000);
    let recent = 0;
    // The second that has just begun would pull the number down.
    for (const [at, count] of this.#seconds)
      if (at < second && second - at <= windowSeconds) recent += count;
    const topics = [...this.#groups].sort(([, a], [, b]) => b.at - a.at);
    return {
      messages: this.#messages,
      perSecond: Math.round((recent / windowSeconds) * 10) / 10,
      refused: this.#refused,
      otherTopics: this.#others,
      latest: [...this.#latest],
      topics: topics.map(([topic, { messages, at, last, numbers }]) => {
        const values = [...numbers.values()];
        const isNumbers = values.length > 0 && values.every((value) => Number.isFinite(value));
        const ago = Math.max(0, now - at);
        return { topic, messages, members: numbers.size, ago, last, numbers: isNumbers ? values : null }; // prettier-ignore
      }),
    };
  }
}
