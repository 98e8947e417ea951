import type { ConnectPacket, Packet, PublishPacket } from '../../../sandbox/protocol/mqtt.ts';
import type { Message } from './session.ts';

export interface Published {
  line: number;
  packet: PublishPacket;
  /** Key of its session. */
  publisher: string;
  /** Milliseconds of the room's clock. */
  at: number;
}

/**
 * Messages that have arrived, and of which the trace has not shown yet whether the broker accepts
 * them: 5.0 says it in the acknowledgement, the log says it for others.
 */
export class Undecided {
  #waiting: Published[] = [];

  add(one: Published): void {
    this.#waiting.push(one);
  }
  /** A refusal: the first message that it can be about is not published. */
  acknowledged(line: number, packet: Packet): void {
    if (packet.kind !== 'PUBACK' && packet.kind !== 'PUBREC') return;
    if (packet.reasonCode < 0x80) return;
    const { packetId } = packet;
    this.#drop((one) => one.line === line && one.packet.packetId === packetId);
  }
  /** As Mosquitto logs it: “Denied PUBLISH from c (…, 't', …”. */
  log(text: string): void {
    if (!/^(Denied|Dropped too large) PUBLISH from /.test(text)) return;
    this.#drop(
      ({ publisher, packet }) =>
        text.includes(` PUBLISH from ${publisher} (`) && text.includes(`, '${packet.topic}', `),
    );
  }
  /** All that nothing was said against, in order. */
  take(): readonly Published[] {
    const taken = this.#waiting;
    if (taken.length > 0) this.#waiting = [];
    return taken;
  }

  #drop(is: (one: Published) => boolean): void {
    const at = this.#waiting.findIndex(is);
    if (at >= 0) this.#waiting.splice(at, 1);
  }
}

/** The message of a PUBLISH or a will. */
export function messageOf(
  source: PublishPacket | NonNullable<ConnectPacket['will']>,
  publisher: string,
  at: number,
): Message {
  const { topic, payload, qos, retain, properties } = source;
  const seconds = properties?.messageExpiryInterval;
  return { topic, payload, qos, retain, publisher, at, expiresAt: seconds ? at + seconds * 1000 : undefined }; // prettier-ignore
}
