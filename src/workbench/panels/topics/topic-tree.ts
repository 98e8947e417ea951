/** The topics of a run as a tree, learnt from its trace: what was published, and what is kept. */
import type { PacketEntry, TraceEntry } from '../../../../sandbox/protocol/trace.ts';
import { TraceCursor, type Growing } from '../../trace/trace-cursor.ts';
import { arrived, isPublish, TopicAliases } from '../../trace/topic-aliases.ts';

export interface TopicNode {
  /** What stands between two slashes; may be empty. */
  level: string;
  /** The whole topic up to here. */
  topic: string;
  depth: number;
  children: Map<string, TopicNode>;
  /** Whether a message was published or delivered on exactly this topic. */
  isTopic: boolean;
  /** Messages that reached the broker on exactly this topic. */
  count: number;
  /** The same with everything below. */
  countBelow: number;
  last?: { payload: Uint8Array; at: number };
  /** From the trace; `retained` of the broker's state takes precedence. */
  retained: boolean;
}

/** The most topics of the tree; the sandbox keeps at most 200 retained messages. */
const mostTopics = 2_000;
/** Of the last payload: what is shown of it, and not more. */
const payloadBytes = 1_024;

const blank = (level: string, topic: string, depth: number): TopicNode => ({
  ...{ level, topic, depth, children: new Map() },
  ...{ isTopic: false, count: 0, countBelow: 0, retained: false },
});

export class TopicTree {
  readonly root = blank('', '', -1);
  /** Grows with every message; the tree's shape may be as before. */
  version = 0;
  topics = 0;
  /** Messages on topics that found no more room. */
  leftOut = 0;
  readonly #most: number;
  readonly #cursor = new TraceCursor();
  readonly #aliases = new TopicAliases();

  constructor(most = mostTopics) {
    this.#most = most;
  }

  /** Packets of the run that never reached the page. */
  get packetsMissed(): number {
    return this.#cursor.missed;
  }

  /** Answers whether the run is another one than before. */
  sync(record: Growing): boolean {
    const { fresh, begun } = this.#cursor.take(record);
    if (begun) this.#begin();
    for (const entry of fresh) this.#add(entry);
    return begun;
  }

  /** A retained message of the broker; those of the scene are not in the trace. */
  hold(topic: string, payload: Uint8Array): void {
    const path = this.#path(topic);
    const node = path?.at(-1);
    if (!node || node.retained) return;
    node.retained = true;
    node.last ??= { payload: payload.slice(0, payloadBytes), at: 0 };
    this.version += 1;
  }
  /** The broker holds these and no others. */
  holdOnly(topics: ReadonlySet<string>): void {
    for (const node of this.all()) {
      if (!node.retained || topics.has(node.topic)) continue;
      node.retained = false;
      this.version += 1;
    }
  }

  /** Every topic, in the order in which it first came, level by level. */
  *all(node = this.root): Generator<TopicNode> {
    if (node.isTopic) yield node;
    for (const child of node.children.values()) yield* this.all(child);
  }

  #add(entry: TraceEntry): void {
    if (entry.type !== 'packet' || !isPublish(entry)) return;
    const packet = this.#aliases.read(entry);
    if (!packet || !arrived(entry)) return;
    const path = this.#path(packet.topic);
    const published = entry.direction === 'to-broker';
    if (!path) {
      if (published) this.leftOut += 1;
      return;
    }
    const node = path.at(-1)!;
    this.version += 1;
    if (published && !isRepeated(entry)) {
      for (const each of path) each.countBelow += 1;
      node.count += 1;
    }
    if (published || node.count === 0) {
      node.last = { payload: packet.payload.slice(0, payloadBytes), at: entry.at };
    }
    // To the broker: it keeps this one, or with an empty payload none ([MQTT-3.3.1-5], [MQTT-3.3.1-6]).
    // From it: this one was kept ([MQTT-3.3.1-8]).
    if (packet.retain) node.retained = packet.payload.length > 0;
  }

  /** Root's child … the topic's own node; undefined if there is no room for a new one. */
  #path(topic: string): TopicNode[] | undefined {
    if (topic === '') return undefined;
    const levels = topic.split('/');
    const path: TopicNode[] = [];
    let node = this.root;
    for (const level of levels) {
      const child = node.children.get(level);
      if (!child) break;
      path.push((node = child));
    }
    const isNew = path.length < levels.length || !node.isTopic;
    if (isNew && this.topics >= this.#most) return undefined;
    for (let depth = path.length; depth < levels.length; depth += 1) {
      const child = blank(levels[depth]!, levels.slice(0, depth + 1).join('/'), depth);
      node.children.set(child.level, child);
      path.push((node = child));
    }
    if (isNew) {
      node.isTopic = true;
      this.topics += 1;
      this.version += 1;
    }
    return path;
  }

  #begin(): void {
    this.root.children.clear();
    this.topics = 0;
    this.leftOut = 0;
    this.version += 1;
    this.#aliases.clear();
  }
}

/** With DUP it may be a message that the broker has counted already ([MQTT-3.3.1-1]). */
const isRepeated = ({ bytes }: PacketEntry): boolean => (bytes[0]! & 0x08) !== 0;
