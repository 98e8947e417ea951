import { FrameCutter } from '../../../sandbox/mqtt/frame-cutter.ts';
import { isViolation, parsePacket } from '../../../sandbox/mqtt/packet.ts';
import type { Direction, MqttVersion } from '../../../sandbox/protocol/mqtt.ts';
import { TcpStream } from './tcp-stream.ts';

const limits = { maxPacketBytes: 1024 * 1024, maxConnectBytes: 64 * 1024 };

/** Segments from the broker before its client has said anything. */
const mostEarly = 16;

interface Way {
  stream: TcpStream;
  cutter: FrameCutter;
}
export interface Frame {
  direction: Direction;
  bytes: Uint8Array;
  version: MqttVersion;
}

/** A captured TCP connection, of which it is found out whether it is MQTT. */
export class Connection {
  /** `address:port`. */
  readonly client: string;
  /** Its number in the trace, once it is known to be MQTT. */
  line: number | undefined;
  isClosed = false;
  hasData = false;
  readonly #isAtPort: boolean;
  readonly #ways: Record<Direction, Way> = { 'to-broker': newWay(), 'to-client': newWay() };
  readonly #early: Uint8Array[] = [];
  #isSynchronized = false;
  /** Undefined until its first bytes say it. */
  #isMqtt: boolean | undefined;
  #version: MqttVersion = 4;

  /** @param isAtPort one end is MQTT's port */
  constructor(client: string, isAtPort: boolean) {
    this.client = client;
    this.#isAtPort = isAtPort;
  }

  synchronize(direction: Direction, seq: number): void {
    if (this.hasData) return;
    this.#isSynchronized = true;
    this.#ways[direction].stream.synchronize(seq);
  }
  /** Returns the whole frames that the data complete, with their directions. */
  receive(direction: Direction, seq: number, data: Uint8Array): Frame[] {
    if (data.length === 0 || this.#isMqtt === false) return [];
    this.hasData = true;
    const chunks = this.#ways[direction].stream.add(seq, data);
    return chunks.flatMap((chunk) => this.#take(direction, chunk));
  }
  #take(direction: Direction, chunk: Uint8Array): Frame[] {
    if (this.#isMqtt === undefined) {
      // Its client's first bytes say what it is: what was captured before them waits.
      if (direction === 'to-client' && this.#isSynchronized) {
        this.#early.push(chunk);
        if (this.#early.length > mostEarly) this.#isMqtt = false;
        return [];
      }
      this.#isMqtt = isConnect(chunk) || (this.#isAtPort && !this.#isSynchronized);
      const early = this.#early.splice(0);
      const first = this.#take(direction, chunk);
      return [...first, ...early.flatMap((each) => this.#take('to-client', each))];
    }
    if (!this.#isMqtt) return [];
    const { frames, violation } = this.#ways[direction].cutter.push(chunk);
    // From there on nobody knows where a packet begins.
    if (violation) this.#isMqtt = false;
    return frames.map((frame) => this.#frame(frame, direction));
  }
  #frame(frame: Uint8Array, direction: Direction): Frame {
    if (direction === 'to-broker' && frame[0]! >> 4 === 1) {
      const packet = parsePacket(frame, 4, direction);
      if (!isViolation(packet)) this.#version = packet.version;
    }
    // The file is large, and its packets are few.
    return { bytes: new Uint8Array(frame), direction, version: this.#version };
  }
}

const newWay = (): Way => ({ stream: new TcpStream(), cutter: new FrameCutter(limits) });

/** The fixed header of a CONNECT, and a protocol name of MQTT. */
function isConnect(chunk: Uint8Array): boolean {
  if (chunk[0] !== 0x10) return false;
  const start = new TextDecoder('latin1').decode(chunk.subarray(2, 14));
  return start.includes('\0\u0004MQTT') || start.includes('\0\u0006MQIsdp');
}
