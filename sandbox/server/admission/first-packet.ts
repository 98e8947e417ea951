/** Reads a new connection up to the end of its CONNECT. */
import type { Duplex } from 'readable-stream';
import { levelOf } from '../../line/gate.ts';
import { FrameCutter } from '../../mqtt/frame-cutter.ts';
import { isViolation, parsePacket } from '../../mqtt/packet.ts';
import { readConnect } from '../../mqtt/read-connect.ts';
import { Reader } from '../../mqtt/reader.ts';
import { varintLength } from '../../mqtt/varint.ts';
import type { ConnectPacket } from '../../protocol/mqtt.ts';

/** `connect` is null if something else arrived: then `frame` is everything that was read. */
export interface FirstPacket {
  connect: ConnectPacket | null;
  frame: Uint8Array;
  /** Bytes that arrived after it. */
  rest: Uint8Array;
  /** A CONNECT above the limit: `connect` is what its beginning says, and `frame` the beginning. */
  isTooLarge?: true;
}

/** First byte of the fixed header. */
const CONNECT = 0x10;

/** A CONNECT whose end is missing, up to its user name; null if that is not there. */
function beginningOf(bytes: Uint8Array): ConnectPacket | null {
  const reader = new Reader(bytes, 4, true);
  reader.at = 1 + varintLength(bytes, 1);
  const packet = readConnect(reader);
  return packet?.userName ? packet : null;
}

/**
 * A client's first packet; null if it closed or sent none within `connectMs`. The socket is
 * paused afterwards.
 */
export function firstPacket(
  socket: Duplex,
  limits: { connectMs: number; connectBytes: number },
): Promise<FirstPacket | null> {
  return new Promise((resolve) => {
    let bytes = new Uint8Array();
    const cutter = new FrameCutter({
      maxPacketBytes: limits.connectBytes,
      maxConnectBytes: limits.connectBytes,
    });
    const timer = setTimeout(() => done(null), limits.connectMs);
    const gone = (): void => done(null);
    const done = (result: FirstPacket | null): void => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', onData);
      socket.off('end', gone);
      socket.off('close', gone);
      resolve(result);
    };
    const onData = (chunk: Uint8Array): void => {
      bytes = bytes.length === 0 ? new Uint8Array(chunk) : Buffer.concat([bytes, chunk]);
      const { frames, violation } = cutter.push(chunk);
      const [frame] = frames;
      const other = { connect: null, frame: bytes, rest: new Uint8Array() };
      if (!frame && violation?.rule === 'packet-too-large' && bytes[0] === CONNECT) {
        if (bytes.length < limits.connectBytes) return;
        return done({ ...other, connect: beginningOf(bytes), isTooLarge: true });
      }
      if (!frame) return violation ? done(other) : undefined;
      const packet = parsePacket(frame, levelOf(frame), 'to-broker');
      if (isViolation(packet) || packet.kind !== 'CONNECT') return done(other);
      done({ connect: packet, frame: new Uint8Array(frame), rest: bytes.slice(frame.length) });
    };
    socket.on('data', onData);
    socket.on('end', gone);
    socket.on('close', gone);
    socket.on('error', gone);
  });
}
