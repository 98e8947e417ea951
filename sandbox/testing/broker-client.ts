/** For tests: a client of a broker without a room, over memory. */
import type { Duplex } from 'readable-stream';
import type { Broker } from '../engine/broker.ts';
import { memoryPair } from '../room/memory-pair.ts';
import { type ReceivedPacket, MqttClient } from './mqtt-client.ts';

let lines = 0;
/** Clients of brokers that don't tell their state: in another process. */
const remote = new WeakMap<Broker, Set<BrokerClient>>();

/** The client's end of a new line. */
export function lineTo(broker: Broker): Duplex {
  const [near, far] = memoryPair();
  // The client's end ends its half only: the broker ends the other, once it has read what came.
  far.allowHalfOpen = true;
  broker.handle(far, { line: ++lines });
  return near;
}

export class BrokerClient extends MqttClient {
  readonly #broker: Broker;
  #clientId: string | null = null;

  constructor(broker: Broker, version = 4) {
    super(lineTo(broker), version);
    this.#broker = broker;
    if (!broker.state) remote.set(broker, (remote.get(broker) ?? new Set()).add(this));
  }

  override connect(clientId: string, options: object = {}): Promise<ReceivedPacket> {
    this.#clientId = clientId;
    return super.connect(clientId, options);
  }

  /**
   * What came until the broker had answered a PINGREQ: all that was under way for this client. A few
   * turns of the event loop come first, for a broker that puts deliveries off.
   */
  async settle(): Promise<ReceivedPacket[]> {
    for (let i = 0; i < 4; i++) await new Promise((resolve) => setImmediate(resolve));
    // What others sent to another process may still be on its way there.
    const others = [...(remote.get(this.#broker) ?? [])].filter((other) => other !== this);
    for (const client of [...others, this])
      if (client.#clientId !== null && !client.closed) await client.ping();
    return this.got.splice(0);
  }

  /** The PUBLISH packets among them. */
  async messages(): Promise<ReceivedPacket[]> {
    return (await this.settle()).filter(({ cmd }) => cmd === 'publish');
  }

  /** Ends the line without DISCONNECT, and waits until the broker has closed it. */
  async cut(): Promise<void> {
    this.stream.end();
    await this.ended();
    await this.#released();
  }

  /** Also waits until the broker has closed the line. */
  override async disconnect(options: object = {}): Promise<void> {
    await super.disconnect(options);
    await this.#released();
  }

  async #released(): Promise<void> {
    const here = (): boolean | undefined =>
      this.#broker
        .state?.()
        .clients.some(({ clientId, connected: on }) => on && clientId === this.#clientId);
    while (here()) await new Promise((resolve) => setImmediate(resolve));
  }
}

export async function connected(
  broker: Broker,
  clientId: string,
  options: object = {},
  version = 4,
): Promise<BrokerClient> {
  const client = new BrokerClient(broker, version);
  await client.connect(clientId, options);
  return client;
}
