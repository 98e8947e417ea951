/** What a client said in its CONNECT that it can take, and PUBLISH packets sent within that. */
import { Buffer } from 'buffer';
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

export interface ConnectLimits {
  version: MqttVersion;
  /** The broker's own bound on unacknowledged messages. */
  maxInflight: number;
  receiveMaximum?: number | undefined;
  maximumPacketSize?: number | undefined;
  topicAliasMaximum?: number | undefined;
}

export class ClientWindow {
  readonly version: MqttVersion;
  /** How many QoS 1 and 2 messages may be unacknowledged ([MQTT-3.3.4-9]). */
  readonly window: number;
  readonly maximumPacketSize: number;
  readonly #aliases: OutboundAliases | null;
  readonly #sink: FrameSink;

  constructor(sink: FrameSink, limits: ConnectLimits) {
    this.#sink = sink;
    this.version = limits.version;
    const receiveMaximum = limits.version === 5 ? (limits.receiveMaximum ?? 65_535) : 65_535;
    this.window = Math.min(receiveMaximum, limits.maxInflight);
    this.maximumPacketSize = limits.maximumPacketSize ?? Number.POSITIVE_INFINITY;
    this.#aliases = limits.topicAliasMaximum ? new OutboundAliases(limits.topicAliasMaximum) : null;
  }

  get unsent(): number {
    return this.#sink.unsent;
  }

  /** False where the packet is bigger than the client takes: it must not be sent (5.0 [MQTT-3.1.2-24]). */
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

  /** [MQTT-3.6.1-1] The fixed header's flags of PUBREL are 0010. */
  pubrel(packetId: number): void {
    this.#sink.send(Buffer.from([0x62, 2, packetId >> 8, packetId & 255]));
  }
}
