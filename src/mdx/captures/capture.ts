/**
 * The packets of a run of an exercise's programs, as `scripts/capture.ts` stores it in
 * `lessons/<slug>/<exercise>/captures/<name>.json`: the pictures of a lesson are drawn from it.
 */
import type { Direction, MqttVersion } from '../../../sandbox/protocol/mqtt.ts';

export interface CapturedPacket {
  /** Name of the device or actor; `outside` for any other client. */
  client: string;
  /** 1, 2 …: a client that connects again has a new line. */
  line: number;
  direction: Direction;
  version: MqttVersion;
  /** The whole packet, two figures a byte. Ids that differ from run to run are counted through. */
  bytes: string;
  /** A fault dropped it: the receiver never got it. */
  lost?: true;
}
export interface Capture {
  /** The folder that was run: `solution`, `starter`, `mistakes/…`. */
  set: string;
  packets: CapturedPacket[];
}

const SET = /^(starter|solution|(also-right|mistakes)\/[\w-]+)$/;

/** @throws naming the file and the invalid part */
export function readCapture(text: string, file: string): Capture {
  const fail = (what: string): never => {
    throw new Error(`lessons/${file}: ${what}; make it with \`npm run capture\``);
  };
  let value: Partial<Capture>;
  try {
    value = JSON.parse(text) as Partial<Capture>;
  } catch {
    return fail('is no JSON');
  }
  const { set, packets } = value;
  if (typeof set !== 'string' || !SET.test(set)) return fail('names no set of programs');
  if (!Array.isArray(packets)) return fail('has no packets');
  for (const packet of packets) {
    const whole =
      typeof packet.client === 'string' &&
      Number.isInteger(packet.line) &&
      ['to-broker', 'to-client'].includes(packet.direction) &&
      [3, 4, 5].includes(packet.version) &&
      /^([0-9a-f]{2}){2,}$/.test(packet.bytes);
    if (!whole) return fail(`has a packet that is none: ${JSON.stringify(packet).slice(0, 100)}`);
  }
  return { set, packets };
}

export const bytesOf = ({ bytes }: CapturedPacket): Uint8Array =>
  Uint8Array.from(bytes.match(/../g)!, (byte) => parseInt(byte, 16));
