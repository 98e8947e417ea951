/** Frames of 3.1 clients as a parser for 3.1.1 takes them. */
import type { MqttVersion } from '../protocol/mqtt.ts';

/**
 * A frame that the gate has passed, with the bits cleared that 3.1 leaves to the client and 3.1.1
 * fixes (3.1 section 2.1: the flags of CONNECT, DUP if a packet is sent again; section 3.1: bit 0
 * of the connect flags). The broker's parser refuses them. Any other frame comes back as it is.
 */
export function strip31Flags(frame: Uint8Array, version: MqttVersion): Uint8Array {
  if (version !== 3) return frame;
  const first = frame[0] as number;
  switch (first >> 4) {
    case 1: {
      let at = 1;
      while ((frame[at++] as number) >= 0x80);
      // After the name MQIsdp and the level; the gate has validated both.
      const flagsAt = at + 9;
      return first === 0x10 && !((frame[flagsAt] as number) & 1)
        ? frame
        : cleared(frame, 0x10, flagsAt);
    }
    case 6: // PUBREL
    case 8: // SUBSCRIBE
    case 10: // UNSUBSCRIBE
      return first & 0x08 ? cleared(frame, first & 0xf7) : frame;
    default:
      return frame;
  }
}

function cleared(frame: Uint8Array, first: number, flagsAt?: number): Uint8Array {
  const plain = new Uint8Array(frame);
  plain[0] = first;
  if (flagsAt !== undefined) plain[flagsAt] = (plain[flagsAt] as number) & 0xfe;
  return plain;
}
