import type { Packet } from 'mqtt-packet';
import type { DoneCallback, Store as StoreClass } from 'mqtt';

type StoreConstructor = typeof StoreClass;

/**
 * MQTT.js 5.16 sends a PUBLISH again after a reconnect with DUP 0; [MQTT-3.3.1-1] wants 1. This
 * store remembers the packets that were sent, and sets DUP when they are read again. Packets stored
 * while the client was offline were not sent yet and keep DUP 0 ([MQTT-3.3.1-2] is about QoS 0,
 * which is never stored).
 */
export function makeOutgoingStore(Store: StoreConstructor) {
  return class OutgoingStore extends Store {
    #waiting = new Map<number, Packet>();
    #sent = new Set<number>();

    /** Call with each packet as it is written to the stream. */
    wasSent(packet: Packet): void {
      if (packet.cmd === 'publish' && packet.messageId && this.#waiting.has(packet.messageId)) {
        this.#sent.add(packet.messageId);
      }
    }

    override put(packet: Packet, done: DoneCallback): this {
      if (packet.messageId) {
        this.#waiting.set(packet.messageId, packet);
        this.#sent.delete(packet.messageId);
      }
      done?.();
      return this;
    }

    override createStream(): ReturnType<StoreClass['createStream']> {
      const copy = new Store();
      for (const [id, packet] of this.#waiting) {
        const again = packet.cmd === 'publish' && this.#sent.has(id);
        copy.put(again ? { ...packet, dup: true } : packet, () => {});
      }
      return copy.createStream();
    }

    override get(
      packet: Pick<Packet, 'messageId'>,
      done: (error?: Error, packet?: Packet) => void,
    ): this {
      const found = this.#waiting.get(packet.messageId ?? 0);
      if (found) done(undefined, found);
      else done(new Error('missing packet'));
      return this;
    }

    override del(
      packet: Pick<Packet, 'messageId'>,
      done: (error?: Error, packet?: Packet) => void,
    ): this {
      const found = this.#waiting.get(packet.messageId ?? 0);
      this.#waiting.delete(packet.messageId ?? 0);
      this.#sent.delete(packet.messageId ?? 0);
      if (found) done?.(undefined, found);
      else done?.(new Error('missing packet'));
      return this;
    }

    /** A client that connects again after end() uses the same store: so empty, not broken. */
    override close(done: DoneCallback): void {
      this.#waiting.clear();
      this.#sent.clear();
      done?.();
    }
  };
}
