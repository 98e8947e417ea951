/**
 * A server's WebSocket message as one piece of bytes: FIN, opcode 2, not masked (RFC 6455, section
 * 5.2). `ws` writes header and payload separately, which costs 10 % more for a small message. To be
 * written to the socket of the upgrade, where `ws` neither compresses nor fragments.
 */
export function wsBinaryFrame(payload: Uint8Array): Buffer {
  const { length } = payload;
  const head = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = 0x82;
  frame[1] = head === 2 ? length : head === 4 ? 126 : 127;
  if (head === 4) frame.writeUInt16BE(length, 2);
  else if (head === 10) frame.writeBigUInt64BE(BigInt(length), 2);
  frame.set(payload, head);
  return frame;
}

/** The same for a text: opcode 1. */
export function wsTextFrame(text: string): Buffer {
  const frame = wsBinaryFrame(Buffer.from(text));
  frame[0] = 0x81;
  return frame;
}
