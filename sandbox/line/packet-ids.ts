/**
 * The packet identifiers in use on a line, in both directions, and the packet that each waits for.
 */
import type { AcknowledgePacket, PublishPacket } from '../protocol/mqtt.ts';

/** The packet that the broker's message waits for from the client. */
type Waits = 'PUBACK' | 'PUBREC' | 'PUBCOMP';

/** Section 4.3: the exchange of packets that belongs to each QoS. */
export class PacketIds {
  /** Broker → client, by packet identifier. */
  readonly #sent = new Map<number, Waits>();
  /** Client → broker: not yet acknowledged to the end (PUBACK or PUBCOMP). */
  readonly #received = new Set<number>();
  /** The QoS 2 messages of those. */
  readonly #toRelease = new Set<number>();

  /** Messages of the client that count against the broker's receive maximum (5.0 section 4.9). */
  get received(): number {
    return this.#received.size;
  }

  /** The client's PUBLISH at QoS 1 or 2; a redelivery keeps its place. */
  publishReceived({ packetId, qos }: PublishPacket): void {
    if (packetId === undefined) return;
    this.#received.add(packetId);
    if (qos === 2) this.#toRelease.add(packetId);
  }

  /** True if the client may release this message on this connection. */
  mayRelease(packetId: number): boolean {
    return this.#toRelease.has(packetId);
  }

  publishSent(packetId: number, qos: number): void {
    this.#sent.set(packetId, qos === 1 ? 'PUBACK' : 'PUBREC');
  }

  /** The broker's PUBREL. */
  releaseSent(packetId: number): void {
    this.#sent.set(packetId, 'PUBCOMP');
  }

  /** The broker's PUBACK or PUBCOMP, or its PUBREC with an error: that identifier is free again. */
  completed(packetId: number): void {
    this.#received.delete(packetId);
    this.#toRelease.delete(packetId);
  }

  /**
   * Validates the client's PUBACK, PUBREC or PUBCOMP, and advances the handshake if it is the
   * expected one.
   */
  acknowledged({
    kind,
    packetId,
    reasonCode,
  }: AcknowledgePacket): 'expected' | 'unknown' | 'wrong' {
    const waits = this.#sent.get(packetId);
    if (waits === undefined) return 'unknown';
    // PUBREC again after PUBREL was sent: the two crossed, and PUBREL is simply sent again.
    const repeated = kind === 'PUBREC' && waits === 'PUBCOMP';
    if (kind !== waits && !repeated) return 'wrong';
    // A PUBREC with an error ends the exchange (5.0 section 4.3.3)
    if (kind !== 'PUBREC' || reasonCode >= 0x80) this.#sent.delete(packetId);
    return 'expected';
  }
}
