/** Faults and link conditions that a page can ask for. */
import type { Direction, PacketKind } from './mqtt.ts';

export type FaultAction =
  | { do: 'drop' }
  /** Drop the packet, then cut the line: MQTT redelivers only on reconnect ([MQTT-4.4.0-1]). */
  | { do: 'drop-and-cut' }
  | { do: 'delay'; ms: number }
  | { do: 'duplicate' }
  | { do: 'cut' }
  /** From here on nothing passes either way; the socket stays open. */
  | { do: 'freeze' };
export interface FaultRule {
  /** Which client: device or actor name, or client id. Absent: any. */
  client?: string;
  direction: Direction;
  /** Absent: any packet. */
  kind?: PacketKind;
  /** Let this many matching packets pass first. Default 0. */
  after?: number;
  /** How many it strikes before it is used up; default 1. */
  times?: number;
  action: FaultAction;
}
/** A lasting condition of a client's line, as opposed to a rule that strikes once. */
export interface LinkConditions {
  client: string;
  /** Added to each packet, each way, in milliseconds. */
  latencyMs?: number;
  /** Share of packets lost, 0 … 1. */
  loss?: number;
  frozen?: boolean;
}
