/**
 * An outside broker as a room's engine: each line becomes a connection to it. It has its own
 * configuration, so it ignores `BrokerOptions`, and it reports neither its state nor its log.
 */
import type { Buffer } from 'buffer';
import mqtt from 'mqtt';
import type { Duplex } from 'readable-stream';
import type { Broker, BrokerOptions, EngineFactory, RoomMessage } from '../broker.ts';

export interface OutsideBroker {
  /** Opens a connection to the listener at this port of the room's files; absent: to the only one. */
  dial(port?: number): Duplex;
  /** Called when the room is done with it. */
  stop?(): Promise<void>;
}

/** @param start gives a broker that holds nothing yet, as `EngineFactory` has it */
export const outside =
  (start: (options: BrokerOptions) => Promise<OutsideBroker>): EngineFactory =>
  async (options) =>
    new OutsideEngine(await start(options));

class OutsideEngine implements Broker {
  readonly #broker: OutsideBroker;
  readonly #open = new Set<Duplex>();

  constructor(broker: OutsideBroker) {
    this.#broker = broker;
  }

  handle(stream: Duplex, { port }: { port?: number | undefined }): void {
    const socket = this.#broker.dial(port);
    this.#open.add(socket);
    stream.pipe(socket);
    stream.on('close', () => socket.end());
    // Not a pipe: that would stop reading, and so miss the broker's end, once the line has ended.
    socket.on('data', (chunk: Uint8Array) => void (stream.writable && stream.write(chunk)));
    socket.on('end', () => void (stream.writable && stream.end()));
    socket.on('error', () => {});
    socket.on('close', () => {
      this.#open.delete(socket);
      stream.destroy();
    });
  }

  /** With a client of the engine; resolves when the broker has closed that client's connection. */
  async publish({ topic, payload, qos = 0, retain = false }: RoomMessage): Promise<void> {
    const client = new mqtt.MqttClient(() => this.#broker.dial() as never, {
      clientId: `room-${crypto.randomUUID()}`,
      reconnectPeriod: 0,
      timerVariant: 'native',
    });
    await new Promise<void>((resolve, reject) => {
      client.once('connect', () => resolve());
      client.once('error', reject);
      client.once('close', () => reject(new Error('the broker closed the connection')));
    });
    await client.publishAsync(topic, payload as Buffer | string, { qos, retain });
    await client.endAsync();
  }

  async close(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await this.#broker.stop?.();
  }
}
