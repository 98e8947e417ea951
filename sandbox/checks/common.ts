/**
 * Hints that every exercise has, with sentences in `hints.json` of each language: what the room refused comes
 * before the exercise's own hints, and what was seen comes after them.
 */
import { kindOf } from '../mqtt/packet.ts';
import type { CheckResult, Exercise, HintValues, View } from '../protocol/exercise.ts';
import type { ConnectPacket, Packet } from '../protocol/mqtt.ts';
import type { LineOpenedEntry } from '../protocol/trace.ts';
import { errorHintIds } from './errors.ts';
import { isLearners, settled } from './settled.ts';
import { lastLine, shellAte, shellHintIds } from './shell.ts';
import { notStarted, startErrorIds } from './start-errors.ts';
import { packets, partedLines, type Seen } from './view.ts';

type Found = NonNullable<CheckResult['hint']>;

export const commonHintIds = [
  'no-packet-id',
  'packet-refused',
  'limit-reached',
  'unwritable-packet',
  'same-client-id',
  'published-to-filter',
  'unfilled',
  'arguments-swapped',
  ...errorHintIds,
  ...startErrorIds,
  ...shellHintIds,
  'seen',
  'seen-nothing',
  'seen-typed',
] as const;
export const isCommon = (id: string): boolean => commonHintIds.some((one) => one === id);

/** By these names exercises have sentences of their own about what was refused. */
const OWN = [
  ...['default-listener', 'port-twice'],
  ...['broken-rule', 'invalid', 'refused', 'wildcard', 'unwritable', 'no-connect'],
  ...['same-id', 'session-lost', 'shell-ate', 'smart-quotes'],
  ...['alias-zero', 'empty-topic', 'old-version'],
];
export const explainsTrouble = (id: string): boolean => OWN.includes(id);

/** The learner's own connections: of programs, of the terminal, of clients from outside. */
const ownLines = (view: View): ReadonlyMap<number, LineOpenedEntry> =>
  new Map(
    view.entries.flatMap((entry) =>
      entry.type === 'line-opened' && isLearners(entry) ? [[entry.line, entry]] : [],
    ),
  );
const nameOf = ({ name }: LineOpenedEntry): string => name ?? 'outside';

/** MQTT.js breaks off a connection when it can't write a packet, and tries again for ever. */
const BREAKS = 3;

/** How often a program broke off a connection and opened another; below three times it is something else. */
export function brokeOff(view: View, device: string): number | undefined {
  const parted = partedLines(view);
  const lines = new Set<number>();
  let breaks = 0;
  let again = 0;
  for (const entry of view.entries) {
    if (entry.type === 'line-opened' && entry.name === device) {
      lines.add(entry.line);
      // Connections that are closed together, because the program was stopped, are followed by none.
      if (breaks > again) again += 1;
    }
    if (entry.type !== 'line-closed' || entry.by !== 'client') continue;
    if (lines.has(entry.line) && !parted.has(entry.line)) breaks += 1;
  }
  return breaks >= BREAKS && again >= BREAKS - 1 ? breaks : undefined;
}

/**
 * What the room refused, or the shell made of what was typed, whatever else is wrong.
 * @param explained ids of hints of which the exercise speaks itself
 */
export function troubleOf(view: View, explained: readonly string[] = []): Found | undefined {
  const lines = ownLines(view);
  const parted = partedLines(view);
  for (const entry of view.entries) {
    const line = 'line' in entry && entry.line !== undefined ? lines.get(entry.line) : undefined;
    if (!line || parted.has(line.line)) continue;
    const device = nameOf(line);
    if (entry.type === 'refused') {
      const [first = 0] = entry.bytes;
      // MQTT.js takes any qos but 1 and 2 for one that needs no identifier: also a text.
      if (entry.rule === 'packet-id-zero' && kindOf(first) === 'PUBLISH') {
        return { id: 'no-packet-id', values: { device, qos: (first >> 1) & 3 } };
      }
      if (entry.rule === 'topic-wildcard') {
        return { id: 'published-to-filter', values: { device, topic: cut(topicIn(entry.bytes)) } };
      }
      return { id: 'packet-refused', values: { device, statement: entry.statement } };
    }
    // A CONNECT that is late is the machine's fault, and MQTT.js sends another.
    if (entry.type === 'limit' && entry.effect !== 'paused' && entry.limit !== 'connectMs') {
      return { id: 'limit-reached', values: { device, limit: entry.limit, value: entry.value } };
    }
  }
  for (const device of new Set([...lines.values()].map(nameOf))) {
    const count = brokeOff(view, device);
    if (count !== undefined && !explained.includes('unwritable-packet'))
      return { id: 'unwritable-packet', values: { device, count } };
  }
  const found = [notStarted, sharedId, unfilled, shellAte].map((look) => look(view));
  return found.find((one) => one && !explained.includes(one.id));
}

/** The topic of a PUBLISH that no receiver has: behind its first byte and its length. */
function topicIn(bytes: Uint8Array): string {
  let at = 1;
  while ((bytes[at] ?? 0) > 127) at += 1;
  const length = ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
  return new TextDecoder().decode(bytes.subarray(at + 3, at + 3 + length));
}

/** Two programs with one client id: the broker closed the connection of one for the other's. */
function sharedId(view: View): Found | undefined {
  const lines = ownLines(view);
  /** The connections of each client id, in their order, and where each line stands among them. */
  const byId = new Map<string, Seen<ConnectPacket>[]>();
  const places = new Map<number, { all: Seen<ConnectPacket>[]; at: number }>();
  for (const seen of packets(view, { kind: 'CONNECT', direction: 'to-broker' })) {
    const { clientId } = seen.packet;
    if (clientId === '') continue;
    const all = byId.get(clientId) ?? [];
    byId.set(clientId, all);
    places.set(seen.line.line, { all, at: all.push(seen) - 1 });
  }
  for (const entry of view.entries) {
    if (entry.type !== 'line-closed' || entry.by !== 'broker') continue;
    const line = lines.get(entry.line);
    const place = places.get(entry.line);
    if (!line || !place) continue;
    const { all, at } = place;
    for (let next = at + 1; next < all.length && all[next]!.entry.n < entry.n; next++) {
      const other = all[next]!;
      if (other.line.name === line.name) continue;
      const [device, another] = [nameOf(line), nameOf(other.line)];
      return { id: 'same-client-id', values: { device, another, id: other.packet.clientId } };
    }
  }
  return undefined;
}

/** `'${n}'` between quotes is a text like any other; between backticks the value would stand there. */
const unfilled = (view: View): Found | undefined => {
  const all = packets(view, { direction: 'to-broker', role: 'device' }).map(describe);
  const what = all.find((one) => one?.includes('${'));
  return what === undefined ? what : { id: 'unfilled', values: { what } };
};

/** The run is over: each program has ended, and each connection is closed. */
function isOver({ devices }: Exercise, view: View): boolean {
  const programs = devices.map((file) => file.replace(/\.ts$/, ''));
  if (programs.length > 0) {
    const ran = new Set(
      view.entries.flatMap((entry) =>
        entry.type === 'device' && entry.state === 'running' ? [entry.device] : [],
      ),
    );
    return programs.every((name) => ran.has(name)) && settled(view.entries, programs);
  }
  // In a terminal, or from outside: whatever was begun has ended.
  const begun = view.entries.flatMap((entry) => (entry.type === 'device' ? [entry.device] : []));
  return (begun.length > 0 || ownLines(view).size > 0) && settled(view.entries, begun);
}

/** Of a payload, of a list of filters; a sentence holds several of them. */
const LONGEST = 24;
const cut = (text: string, most = LONGEST): string =>
  visible(text.length > most ? `${text.slice(0, most)}…` : text);
/** More bytes than are shown. */
const beginning = (payload: Uint8Array): string =>
  new TextDecoder().decode(payload.subarray(0, 4 * LONGEST + 4));

function describe({ packet }: Seen<Packet>): string | undefined {
  switch (packet.kind) {
    case 'CONNECT':
    case 'DISCONNECT':
      return packet.kind;
    case 'CONNACK':
      return packet.reasonCode === 0 ? undefined : `CONNACK ${packet.reasonCode}`;
    case 'PUBLISH':
      return `PUBLISH ${cut(packet.topic, 2 * LONGEST)} ${cut(beginning(packet.payload))}`;
    case 'SUBSCRIBE':
      return `SUBSCRIBE ${cut(packet.subscriptions.map(({ filter }) => filter).join(', '))}`;
    case 'SUBACK': {
      const refused = packet.reasonCodes.find((code) => code >= 128);
      return refused === undefined ? undefined : `SUBACK ${refused}`;
    }
    case 'UNSUBSCRIBE':
      return `UNSUBSCRIBE ${cut(packet.filters.join(', '))}`;
    default:
      return undefined;
  }
}

/** How many of a client's packets are told: its last ones. */
const MOST = 4;

/** What clients sent, and what came to them, in few words: `lamp: CONNECT, PUBLISH a/b on`. */
function told(view: View): string {
  const clients = new Map<string, string[]>();
  for (const seen of packets(view, {})) {
    if (seen.line.role === 'actor') continue;
    const what = describe(seen);
    if (what === undefined) continue;
    const name = nameOf(seen.line);
    const arrow = seen.entry.direction === 'to-client' ? '← ' : '';
    const all = clients.get(name) ?? [];
    all.push(`${arrow}${what}`);
    clients.set(name, all);
  }
  return [...clients]
    .map(
      ([name, all]) => `${name}: ${all.length > MOST ? '…, ' : ''}${all.slice(-MOST).join(', ')}`,
    )
    .join('; ');
}

/** Once the run is over and no hint fits: what was seen instead. */
export function seenBy(exercise: Exercise, view: View): Found | undefined {
  if (!isOver(exercise, view)) return undefined;
  const seen = told(view);
  if (seen !== '') return { id: 'seen', values: { seen } };
  const line = lastLine(view);
  return line === undefined
    ? { id: 'seen-nothing', values: {} }
    : { id: 'seen-typed', values: { line } };
}

/** A text of the learner's so that one sees it, even if it is empty or has a space at its end. */
export const visible = (text: string): string =>
  text === ''
    ? '∅'
    : text
        .replace(/^ +| +$/g, (spaces) => '␣'.repeat(spaces.length))
        .replaceAll('\n', '↵')
        .replaceAll('\t', '⇥');

/** Also what an exercise's own hints quote. */
export const visibleValues = (values: HintValues): HintValues =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? visible(value) : value,
    ]),
  );
