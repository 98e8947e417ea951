/** MQTT and WebSocket framing as lean as a load generator needs it: it must not be the bottleneck. */

/** Calls `take` with each whole MQTT packet; answers the bytes that are left. */
export function eachPacket(
  bytes: Buffer,
  take: (first: number, body: number, bytes: Buffer) => void,
): Buffer | null {
  let at = 0;
  while (at < bytes.length) {
    let length = 0;
    let i = at + 1;
    for (let shift = 0; ; shift += 7) {
      if (i >= bytes.length) return bytes.subarray(at);
      const byte = bytes[i++]!;
      length += (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    if (i + length > bytes.length) return bytes.subarray(at);
    take(bytes[at]!, i, bytes);
    at = i + length;
  }
  return null;
}

/** Calls `take` with the payload of each whole WebSocket frame from a server (never masked). */
export function eachWebSocketFrame(bytes: Buffer, take: (payload: Buffer) => void): Buffer | null {
  let at = 0;
  while (at + 2 <= bytes.length) {
    let length = bytes[at + 1]! & 0x7f;
    let body = at + 2;
    if (length === 126) {
      if (at + 4 > bytes.length) break;
      length = bytes.readUInt16BE(at + 2);
      body = at + 4;
    } else if (length === 127) {
      if (at + 10 > bytes.length) break;
      length = Number(bytes.readBigUInt64BE(at + 2));
      body = at + 10;
    }
    if (body + length > bytes.length) break;
    // Data only; nobody here closes or pings.
    if ((bytes[at]! & 0x0f) < 8) take(bytes.subarray(body, body + length));
    at = body + length;
  }
  return at === bytes.length ? null : bytes.subarray(at);
}

/** A binary frame masked with zeros: the server unmasks as ever, the client does nothing. */
export function webSocketFrame(payload: Buffer): Buffer {
  const { length } = payload;
  const size = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.alloc(2 + size + 4 + length);
  frame[0] = 0x82;
  frame[1] = 0x80 | (size === 0 ? length : size === 2 ? 126 : 127);
  if (size === 2) frame.writeUInt16BE(length, 2);
  if (size === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  payload.copy(frame, 6 + size);
  return frame;
}

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  return Buffer.concat([Buffer.from([bytes.length >> 8, bytes.length & 255]), bytes]);
};
function packet(first: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = [];
  for (let rest = body.length; ;) {
    length.push((rest & 127) | (rest > 127 ? 128 : 0));
    rest >>= 7;
    if (rest === 0) break;
  }
  return Buffer.concat([Buffer.from([first, ...length]), body]);
}

export const connectPacket = (clientId: string, userName?: string): Buffer =>
  packet(
    0x10,
    text('MQTT'),
    Buffer.from([4, userName === undefined ? 2 : 0x82, 0, 0]),
    text(clientId),
    ...(userName === undefined ? [] : [text(userName)]),
  );
export const subscribePacket = (filter: string, qos: number): Buffer =>
  packet(0x82, Buffer.from([0, 1]), text(filter), Buffer.from([qos]));
/** Payload: 32 bytes, as a reading in JSON has them. */
export const publishPacket = (topic: string, qos: number, id: number): Buffer =>
  packet(
    0x30 | (qos << 1),
    text(topic),
    ...(qos > 0 ? [Buffer.from([id >> 8, id & 255])] : []),
    Buffer.from('{"celsius":21.5,"n":"0123456789"}'),
  );
