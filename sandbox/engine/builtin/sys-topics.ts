/**
 * `$SYS/broker/…` as Mosquitto 2.0 names and writes it. An idle room has no timer: values are read
 * when a client subscribes, and published while a client is subscribed.
 */
import { Buffer } from 'buffer';
import type { BrokerStats } from './stats.ts';
import type { Message } from './message.ts';
import type { RetainedStore } from './retained-store.ts';
import type { SessionStore } from './session-store.ts';
import { matches, sharedFilter } from '../../mqtt/topic-match.ts';

export interface SysSource {
  version: string;
  sessions: SessionStore;
  retained: RetainedStore;
  stats: BrokerStats;
}

export class SysTopics {
  readonly #source: SysSource;
  readonly #intervalMs: number;
  readonly #publish: (message: Message) => void;
  /** The last published value, by name; null while there is no subscription. */
  #published: Map<string, string> | null = null;
  #timer: ReturnType<typeof setInterval> | undefined;

  /** `publish` sends to those who subscribe. */
  constructor(source: SysSource, intervalMs: number, publish: (message: Message) => void) {
    this.#source = source;
    this.#intervalMs = intervalMs;
    this.#publish = publish;
  }

  /** For a new subscription: the values that its filter matches, as retained messages. */
  matching(filter: string): Message[] {
    return Object.entries(sysValues(this.#source))
      .map(([name, value]) => message(name, value))
      .filter(({ topic }) => matches(filter, topic));
  }

  /** A client subscribes to `$SYS/…`: from now on values are published as they change. */
  watch(): void {
    if (this.#timer !== undefined || this.#intervalMs <= 0) return;
    this.#published = new Map(Object.entries(sysValues(this.#source)));
    this.#timer = setInterval(() => this.#tick(), this.#intervalMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#published = null;
  }

  #tick(): void {
    if (!this.#source.sessions.index.hasBelow('$SYS')) return this.stop();
    for (const [name, value] of Object.entries(sysValues(this.#source))) {
      // As Mosquitto does: only values that have changed.
      if (this.#published?.get(name) === value) continue;
      this.#published?.set(name, value);
      this.#publish(message(name, value));
    }
  }
}

/** True for a filter whose first level is `$SYS`. */
export function isSysFilter(filter: string): boolean {
  const plain = sharedFilter(filter)?.filter ?? filter;
  return plain === '$SYS' || plain.startsWith('$SYS/');
}

function message(name: string, value: string): Message {
  const payload = Buffer.from(value);
  return { topic: `$SYS/broker/${name}`, payload, qos: 2, retain: true };
}

function sysValues({ version, sessions, retained, stats }: SysSource): Record<string, string> {
  const all = [...sessions.byId.values()];
  const connected = all.filter((session) => session.connected).length;
  const waiting = all.reduce((sum, { outgoing }) => sum + outgoing.waiting, 0);
  const values = {
    'clients/total': all.length,
    'clients/active': connected,
    'clients/connected': connected,
    'clients/inactive': all.length - connected,
    'clients/disconnected': all.length - connected,
    'clients/maximum': stats.clientsMaximum,
    'clients/expired': stats.clientsExpired,
    'messages/received': stats.messagesReceived,
    'messages/sent': stats.messagesSent,
    'messages/stored': retained.size + waiting,
    'publish/messages/received': stats.publishReceived,
    'publish/messages/sent': stats.publishSent,
    'publish/messages/dropped': stats.publishDropped,
    'publish/bytes/received': stats.publishBytesReceived,
    'publish/bytes/sent': stats.publishBytesSent,
    'bytes/received': stats.bytesReceived,
    'bytes/sent': stats.bytesSent,
    'subscriptions/count': sessions.subscriptionCount,
    'shared_subscriptions/count': sessions.sharedCount,
    'retained messages/count': retained.size,
    'store/messages/count': retained.size + waiting,
    'store/messages/bytes': retained.bytes,
  };
  return {
    version,
    uptime: `${Math.floor((Date.now() - stats.since) / 1000)} seconds`,
    ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)])),
  };
}
