/** For tests: a client in a room, over memory. */
import type { LineInfo } from '../line/line-info.ts';
import { memoryPair } from '../room/memory-pair.ts';
import type { Room } from '../room/room.ts';
import { MqttClient } from './mqtt-client.ts';

/** A fresh line into the room. */
export function roomClient(room: Room, info: Partial<LineInfo> = {}, version = 4): MqttClient {
  const [near, far] = memoryPair();
  const line = room.attach(far, { transport: 'memory', role: 'outside', ...info });
  if (!line) throw new Error('the room takes no more lines');
  return new MqttClient(near, version);
}
