/** Messages at QoS 1 and 2, ours and the broker's, packet by packet (MQTT 3.1.1, 4.3.2 and 4.3.3). */
import { Buffer } from 'buffer';
import type { Packet } from 'mqtt-packet';
import { readProperties } from './codec.ts';
import { err } from './codes.ts';
import type { ReceivedMessage } from './received-message.ts';
import type { Outgoing } from './outgoing.ts';
import { publishWords } from './packets.ts';

export type Acknowledgement = 'puback' | 'pubrec' | 'pubrel' | 'pubcomp';
export interface HandshakeHooks {
  /** A line of `-d`, without the client's name. */
  log(text: string): void;
  send(packet: Packet): void;
  message(message: ReceivedMessage): void;
  published(mid: number, reason: number, text?: string): void;
}

/** Both methods return 0, or the error with which the connection ends. */
export class QosHandshakes {
  readonly #out: Outgoing;
  readonly #hooks: HandshakeHooks;
  /** QoS 2 messages that wait for their PUBREL. */
  readonly #incoming = new Map<number, ReceivedMessage>();

  constructor(out: Outgoing, hooks: HandshakeHooks) {
    this.#out = out;
    this.#hooks = hooks;
  }

  acknowledge(cmd: Acknowledgement, mid: number): void {
    const code = cmd === 'puback' || cmd === 'pubrec' ? ', rc0' : '';
    this.#hooks.log(`sending ${cmd.toUpperCase()} (m${mid}${code})`);
    this.#hooks.send({ cmd, messageId: mid } as Packet);
  }

  published(packet: Packet & { cmd: 'publish' }): number {
    const { qos, retain, dup, messageId: mid = 0 } = packet;
    const topic = String(packet.topic);
    if (topic === '') return err.protocol;
    const payload =
      typeof packet.payload === 'string' ? Buffer.from(packet.payload) : packet.payload;
    this.#hooks.log(
      `received ${publishWords({ dup, qos, retain, mid, topic, size: payload.length })}`,
    );
    const properties = readProperties(packet.properties as Record<string, unknown> | undefined);
    const message: ReceivedMessage = { topic, payload, qos, retain, mid, properties };
    if (qos === 2) {
      this.acknowledge('pubrec', mid);
      this.#incoming.set(mid, message);
      return err.success;
    }
    if (qos === 1) this.acknowledge('puback', mid);
    this.#hooks.message(message);
    return err.success;
  }

  /** The packets after a PUBLISH, the client's or the broker's (MQTT 3.1.1, 4.3.2 and 4.3.3). */
  acknowledged(packet: Packet & { cmd: Acknowledgement }): number {
    const { cmd, messageId: mid = 0, reasonCode: reason = 0 } = packet;
    const code = cmd === 'puback' || cmd === 'pubcomp' ? `, RC:${reason}` : '';
    this.#hooks.log(`received ${cmd.toUpperCase()} (Mid: ${mid}${code})`);
    if (cmd === 'pubrel') {
      this.acknowledge('pubcomp', mid);
      const message = this.#incoming.get(mid);
      this.#incoming.delete(mid);
      if (message) this.#hooks.message(message);
    } else if (cmd === 'pubrec' && reason < 0x80) {
      this.#out.received(mid);
      this.acknowledge('pubrel', mid);
    } else if (this.#out.remove(mid)) {
      const text = cmd === 'pubrec' ? undefined : packet.properties?.reasonString;
      this.#hooks.published(mid, reason, text);
    }
    return err.success;
  }
}
