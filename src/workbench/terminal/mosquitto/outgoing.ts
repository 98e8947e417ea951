/** Messages at QoS 1 and 2 that the client publishes (lib/messages_mosq.c, 2.0.11). */
import type { Buffer } from 'buffer';
import type { QoS } from '../../../../sandbox/protocol/mqtt.ts';

export interface OutgoingPublish {
  cmd: 'publish';
  topic: string;
  payload: Buffer;
  qos: QoS;
  retain: boolean;
  dup: boolean;
  messageId: number;
}
interface Entry {
  packet: OutgoingPublish;
  /**
   * `queued`: not sent yet, the window is full. `received`: PUBREC came, PUBCOMP is awaited.
   * `unsure`: sent on a connection that was lost.
   */
  state: 'queued' | 'sent' | 'received' | 'unsure';
}

export class Outgoing {
  /** In the order of their identifiers' making, which is the order they are sent in [MQTT-4.6.0-1]. */
  readonly #entries = new Map<number, Entry>();
  readonly #most: number;
  readonly #send: (packet: OutgoingPublish) => void;
  #window: number;
  #connected = false;

  /** `most`: how many may be in flight at once. */
  constructor(most: number, send: (packet: OutgoingPublish) => void) {
    this.#most = most;
    this.#window = most;
    this.#send = send;
  }

  add(packet: OutgoingPublish): void {
    this.#entries.set(packet.messageId, { packet, state: 'queued' });
    this.#release();
  }
  /** PUBREC came. */
  received(mid: number): void {
    const entry = this.#entries.get(mid);
    if (entry) entry.state = 'received';
  }
  /** Whether it was there. */
  remove(mid: number): boolean {
    const was = this.#entries.delete(mid);
    this.#release();
    return was;
  }

  /** `receiveMaximum`: the broker's Receive Maximum, if CONNACK has one. */
  connected(receiveMaximum?: number): void {
    this.#connected = true;
    this.#window = receiveMaximum ?? this.#most;
  }
  lost(): void {
    this.#connected = false;
    for (const entry of this.#entries.values()) if (entry.state === 'sent') entry.state = 'unsure';
  }
  /**
   * After a reconnect unacknowledged messages are sent again, with DUP [MQTT-3.3.1-1],
   * [MQTT-4.4.0-1].
   */
  resend(sendPubrel: (mid: number) => void): void {
    for (const [mid, entry] of this.#entries) {
      if (entry.state === 'received') sendPubrel(mid);
      if (entry.state === 'unsure') {
        entry.state = 'sent';
        this.#send((entry.packet = { ...entry.packet, dup: true }));
      }
    }
    this.#release();
  }

  #release(): void {
    if (!this.#connected) return;
    let inFlight = 0;
    for (const entry of this.#entries.values()) {
      if (entry.state !== 'queued') inFlight += 1;
      else if (inFlight < this.#window) {
        entry.state = 'sent';
        inFlight += 1;
        this.#send(entry.packet);
      }
    }
  }
}
