/** One packet of a capture, as `<Bytes>` names it. */
import { kindOf } from '../../../sandbox/mqtt/packet.ts';
import { bytesOf, type Capture, type CapturedPacket } from './capture.ts';

export interface Wanted {
  /** `PUBLISH` … */
  packet: string;
  /** Sent by this client … */
  from?: string;
  /** … or by the broker to this client. */
  to?: string;
  /** 1 for the first of them. */
  nth?: number;
}

/** Throws if there is none, naming the existing ones. */
export function pick({ packets }: Capture, { packet, from, to, nth = 1 }: Wanted): CapturedPacket {
  const name = (one: CapturedPacket) =>
    `${kindOf(bytesOf(one)[0]!)} ${one.direction === 'to-broker' ? 'from' : 'to'} ${one.client}`;
  const found = packets.filter(
    (one) =>
      kindOf(bytesOf(one)[0]!) === packet &&
      (from === undefined || (one.direction === 'to-broker' && one.client === from)) &&
      (to === undefined || (one.direction === 'to-client' && one.client === to)),
  )[nth - 1];
  if (found) return found;
  const known = [...new Set(packets.map(name))].join(', ');
  throw new Error(`<Bytes packet="${packet}">: no such packet in this capture; it has ${known}`);
}
