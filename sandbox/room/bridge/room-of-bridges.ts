/** Between a room and the bridges of its brokers. */
import type { Duplex } from 'readable-stream';
import type { LineInfo } from '../../line/line-info.ts';
import type { Line } from '../../line/line.ts';
import type { LogLine } from '../../mosquitto/conf/problem.ts';

/** The room as its bridges need it; one object for both brokers. */
export interface RoomOfBridges {
  /** How many bridges a message may cross. */
  readonly most: number;
  hasCloud(): boolean;
  attach(socket: Duplex, info: LineInfo): Line | string;
}

export interface RunningBridges {
  /** What is said of their addresses before anything else. */
  readonly warnings: readonly LogLine[];
  /** Tries to connect each. */
  connect(): void;
  end(silent: boolean): void;
}
