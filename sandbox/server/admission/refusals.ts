/** What a client is told that gets no line. */
import type { Duplex } from 'readable-stream';
import { endThenDestroy } from '../../line/end-socket.ts';
import { encodeConnack } from '../../mqtt/encode.ts';
import type { MqttVersion } from '../../protocol/mqtt.ts';
import { errors } from '../../shared/errors.ts';

/** Not authorized: 5 in 3.1.1 (section 3.2.2.3), 0x87 in 5.0 (section 3.2.2.2). */
export function refuse(socket: Duplex, version: MqttVersion, reasonString: string): void {
  endThenDestroy(socket, encodeConnack(version, version === 5 ? 0x87 : 5, { reasonString }));
}

/** Server unavailable, 3, or quota exceeded, 0x97: the room, or the server, has no place left. */
export function refuseFull(
  socket: Duplex,
  version: MqttVersion,
  full: 'room-full' | 'lines-full',
): void {
  const reasonString = errors[full];
  endThenDestroy(socket, encodeConnack(version, version === 5 ? 0x97 : 3, { reasonString }));
}
