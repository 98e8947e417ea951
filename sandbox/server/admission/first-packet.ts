/** Reads a new connection up to the end of its CONNECT. */
import type { Duplex } from 'readable-stream';
import { levelOf } from '../../line/gate.ts';
import { FrameCutter } from '../../mqtt/frame-cutter.ts';
import { isViolation, parsePacket } from '../../mqtt/packet.ts';
import type { ConnectPacket } from '../../protocol/mqtt.ts';

/** `connect` is null if something else arrived: then `frame` is everything that was read. */
export interface FirstPacket {
  connect: ConnectPacket | null;
  frame: Uint8Array;
  /** Bytes that arrived after it. */
  rest: Uint8Array;
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
