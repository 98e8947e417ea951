/** PUBLISH and PUBREL packets to a client, within the limits that its CONNECT named. */
import { encodePubrel } from '../../mqtt/encode.ts';
import type { Delivery } from './message.ts';
import type { MqttVersion } from '../../protocol/mqtt.ts';
import { publishFrame, type PublishOptions } from './publish-frame.ts';
import { OutboundAliases } from './outbound-aliases.ts';

export interface FrameSink {
  /** One whole packet. */
  send(frame: Uint8Array): void;
  /** Bytes that wait because the client doesn't read. */
  readonly unsent: number;
}

/** The limits in the client's CONNECT. */
export interface ConnectLimits {
  version: MqttVersion;
  receiveMaximum: number | undefined;
  maximumPacketSize: number | undefined;
  topicAliasMaximum: number | undefined;
}

export class ClientWindow {
  readonly version: MqttVersion;
  /** How many QoS 1 and 2 messages may be unacknowledged ([MQTT-3.3.4-9]). */
  readonly window: number;
  readonly maximumPacketSize: number;
  readonly #aliases: OutboundAliases | null;
  readonly #sink: FrameSink;

  /** `maxInflight`: the broker's own bound on unacknowledged messages. */
  constructor(sink: FrameSink, limits: ConnectLimits, maxInflight: number) {
    this.#sink = sink;
    this.version = limits.version;
    this.window = Math.min(limits.receiveMaximum ?? 65_535, maxInflight);
    this.maximumPacketSize = limits.maximumPacketSize ?? Number.POSITIVE_INFINITY;
    this.#aliases = limits.topicAliasMaximum ? new OutboundAliases(limits.topicAliasMaximum) : null;
  }

  get unsent(): number {
    return this.#sink.unsent;
  }

  /** False if the packet is larger than the client takes: it must not be sent (5.0 [MQTT-3.1.2-24]). */
  publish(delivery: Delivery, packetId: number, dup: boolean): boolean {
    const options: PublishOptions = { version: this.version, dup, packetId };
    const alias = this.#aliases?.find(delivery.message.topic);
    if (alias) Object.assign(options, { alias: alias.number, aliasOnly: alias.known });
    const frame = publishFrame(delivery, options);
    if (frame.length > this.maximumPacketSize) return false;
    if (alias && !alias.known) this.#aliases!.learn(delivery.message.topic);
    this.#sink.send(frame);
    return true;
  }

  pubrel(packetId: number): void {
    this.#sink.send(encodePubrel(this.version, packetId));
  }
}
