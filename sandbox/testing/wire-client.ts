/** For tests: a client that writes exactly the packets it is told to, and one in a room. */
import type { LineInfo } from '../line/line-info.ts';
import { memoryPair } from '../room/memory-pair.ts';
import type { Room } from '../room/room.ts';
import { MqttClient } from './mqtt-client.ts';

export type { ReceivedPacket as WirePacket } from './mqtt-client.ts';

export class WireClient extends MqttClient {
  publish(topic: string, payload: string | Buffer, options: object = {}): this {
    const packet = { cmd: 'publish', topic, payload, qos: 0, retain: false, dup: false };
    return this.send({ ...packet, ...options });
  }

  /** Texts of the PUBLISH packets that came, with those taken out of `got`. */
  messages(): string[] {
    const messages = this.got.filter(({ cmd }) => cmd === 'publish');
    for (const message of messages) this.got.splice(this.got.indexOf(message), 1);
    return messages.map(({ payload }) => String(payload));
  }
}

/** A fresh memory line into the room. */
export function wireClient(room: Room, info: Partial<LineInfo> = {}, version = 4): WireClient {
  const [near, far] = memoryPair();
  const line = room.attach(far, { transport: 'memory', role: 'outside', ...info });
  if (!line) throw new Error('the room takes no more lines');
  return new WireClient(near, version);
}
