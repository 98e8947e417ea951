/** A page's connection to its class's broker. MQTT.js comes with this file: it is loaded in a class only. */
import mqtt, { type IClientOptions, type IClientPublishOptions } from 'mqtt';
import { readClassTopic } from '../../sandbox/protocol/class-topics.ts';

export interface ClassMessage {
  /** A member's id, or `all`. */
  of: string;
  what: string;
  /** Of a starter. */
  exercise?: string;
  payload: Uint8Array;
  /** How long it holds, as the broker has counted it down; undefined for ever. */
  secondsLeft: number | undefined;
}
export interface ClassLineOptions {
  /** Below `class/`. */
  path: string;
  /** A member's id, or `teacher`: the client's identifier begins with it. */
  who: string;
  subscribes: string[];
  /**
   * Topics whose retained message holds until an empty one takes it back. What is not there when the page connects,
   * again or for the first time, was taken back meanwhile: then an empty message is given to `message`.
   */
  takenBack?: readonly string[];
  will?: NonNullable<IClientOptions['will']>;
  /** It is connected, for the first time or again. */
  connected?(line: ClassLine): void;
  /** The connection is lost; it is tried again. */
  lost?(): void;
  message(message: ClassMessage): void;
}
export interface ClassLine {
  /** Resolves when the broker has acknowledged it. */
  publish(topic: string, payload: string, options?: IClientPublishOptions): Promise<void>;
  close(): void;
}

/** Of a page, or of a message. */
export const newId = (): string => crypto.getRandomValues(new Uint32Array(2)).join('-');

/** Until a lost connection is tried again; each time in vain twice as long, so that a class does not come at once. */
const firstWaitMs = 1_000;
const mostWaitMs = 30_000;

export function openClassLine(options: ClassLineOptions): ClassLine {
  const { path, who, subscribes, takenBack = [], will, message } = options;
  const url = new URL(`${import.meta.env.BASE_URL}class/${path}`, location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  const client = mqtt.connect(url.href, {
    clientId: `${who}.${crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36)}`,
    // Tried again below: MQTT.js would do so at the same pace for ever.
    ...{ protocolVersion: 5, reconnectPeriod: 0, keepalive: 30 },
    // No worker from a `blob:` for the keep alive: the course's policy has none.
    timerVariant: 'native',
    ...(will && { will }),
  });
  let waitMs = firstWaitMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;
  /** Topics heard on the connection of now; another set with each connection. */
  let heard = new Set<string>();
  function give(topic: string, payload: Uint8Array, secondsLeft?: number): void {
    const to = readClassTopic(topic);
    if (to) message({ ...to, payload, secondsLeft });
  }
  async function subscribe(): Promise<void> {
    const mine = new Set<string>();
    heard = mine;
    await client.subscribeAsync(subscribes, { qos: 1 });
    if (takenBack.length === 0) return;
    // The answer to a second request comes after all that the broker retains.
    await client.unsubscribeAsync(`class/${who}/nothing`);
    if (heard !== mine || isClosed) return;
    for (const topic of takenBack) if (!mine.has(topic)) give(topic, new Uint8Array());
  }
  const line: ClassLine = {
    publish: async (topic, payload, more) =>
      void (await client.publishAsync(topic, payload, { qos: 1, ...more })),
    close() {
      isClosed = true;
      clearTimeout(timer);
      client.end(true);
    },
  };
  client.on('connect', () => {
    waitMs = firstWaitMs;
    // A connection that is lost meanwhile subscribes again.
    void subscribe().catch(() => {});
    options.connected?.(line);
  });
  client.on('close', () => {
    options.lost?.();
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => client.reconnect(), waitMs * (0.75 + Math.random() / 2));
    waitMs = Math.min(waitMs * 2, mostWaitMs);
  });
  // It is tried again by itself; `lost` says so.
  client.on('error', () => {});
  client.on('message', (topic, payload, { properties }) => {
    heard.add(topic);
    give(topic, payload, properties?.messageExpiryInterval);
  });
  return line;
}
