/**
 * Checks that a stored capture still matches what happens. Clients act at the same time, so only
 * the order of packets of one kind on a line counts, and of deliveries only that of one topic
 * (MQTT 3.1.1, section 4.6); a program may repeat itself for as long as it runs, so a repetition
 * counts once; and figures in payloads are what was measured or counted, so they may differ.
 */
import { kindOf, parsePacket } from '../../../sandbox/mqtt/packet.ts';
import { withoutFigures } from './normalise.ts';
import { bytesOf, type Capture, type CapturedPacket } from '../../../src/mdx/captures/capture.ts';

/** The parts of a packet that must not change, as one line of text. */
function gist(packet: CapturedPacket): string {
  const bytes = bytesOf(packet);
  const parsed = parsePacket(bytes, packet.version, packet.direction);
  const way = packet.direction === 'to-broker' ? '→' : '←';
  if (!('kind' in parsed)) return `${way} ${packet.bytes}`;
  const { length: _length, ...rest } = parsed;
  const text = JSON.stringify(rest, (key, value: unknown) => {
    // Counted through since the line's beginning: with repetitions left out they have no meaning.
    if (key === 'packetId') return undefined;
    if (value instanceof Uint8Array) return withoutFigures(value);
    // Whether a subscription or a retained message came first, if two clients act at once.
    if (key === 'retain' && packet.direction === 'to-client') return undefined;
    // What is left of a message's life: it waited for as long as the programs took.
    if (key === 'messageExpiryInterval' && packet.direction === 'to-client') return 0;
    return value;
  });
  return `${way} ${kindOf(bytes[0]!)} ${text}${packet.lost ? ', lost' : ''}`;
}

/** Each line's gists, repetitions left out: also those of two or three packets in turn. */
export function stories(packets: readonly CapturedPacket[]): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (const packet of packets) {
    const key = `${packet.client} (line ${packet.line})`;
    const story = lines.get(key) ?? [];
    tell(story, gist(packet));
    lines.set(key, story);
  }
  return lines;
}

/** Adds a gist, and takes it away again where it ends a repetition. */
function tell(story: string[], gist: string): void {
  story.push(gist);
  for (const length of [1, 2, 3, 4]) {
    const [before, now] = [story.slice(-2 * length, -length), story.slice(-length)];
    if (before.length < length || before.some((one, at) => one !== now[at])) continue;
    story.splice(-length);
    break;
  }
}

/**
 * `← PUBLISH`: exchanges overlap as time has it, so only packets of one kind have an order; and
 * deliveries may come from several publishers, so only those of one topic have one.
 */
function ordered(gist: string): string {
  const [way, kind, ...rest] = gist.split(' ');
  const topic = kind === 'PUBLISH' && way === '←' ? /"topic":"[^"]*"/.exec(rest.join(' ')) : null;
  return `${way} ${kind} ${topic?.[0] ?? ''}`;
}

/** A story's gists that have an order among each other. */
function thread(story: readonly string[], key: string): string[] {
  const told: string[] = [];
  for (const gist of story) if (ordered(gist) === key) tell(told, gist);
  return told;
}

/** The first difference between two sequences of one kind. A stopped client sends no more. */
function parted(then: string[], now: string[], complete: boolean): string | undefined {
  const length = Math.min(then.length, now.length);
  const at = then.slice(0, length).findIndex((one, index) => one !== now[index]);
  if (at >= 0) return `, packet ${at + 1}: stored ${then[at]}, now ${now[at]}`;
  const missing = complete ? then.slice(length).find((one) => !/DISCONNECT/.test(one)) : undefined;
  return missing && `: ${missing} doesn't come any more`;
}

/**
 * The difference as text; undefined if the picture is still right.
 * @param complete no more would have come: what is missing at a line's end is missed
 */
export function difference(
  stored: Capture,
  now: readonly CapturedPacket[],
  complete: boolean,
): string | undefined {
  const then = stories(stored.packets);
  const today = stories(now);
  for (const [line, story] of then) {
    const other = today.get(line);
    // A fight over a client id has as many rounds as there is time for.
    if (!other && /\(line 1\)$/.test(line)) return `${line} is gone`;
    if (!other) continue;
    if (Math.min(story.length, other.length) === 0) return `${line} says nothing any more`;
    for (const key of new Set(story.map(ordered))) {
      const found = parted(thread(story, key), thread(other, key), complete);
      if (found) return `${line}${found}`;
    }
  }
  const added = [...today.keys()].find((line) => /\(line 1\)$/.test(line) && !then.has(line));
  return added && `${added} is new`;
}
