import type { Exercise } from '../protocol/exercise.ts';
import type { LimitValues } from '../shared/config.ts';
import type { RoomBrokerOptions } from './room-broker.ts';
import type { TracePool } from './trace-pool.ts';

/** What a room is made of. */
export interface RoomOptions extends RoomBrokerOptions {
  code: string;
  exercise?: Exercise;
  limits?: Partial<LimitValues>;
  /** How many lines at once; `limits.linesPerRoom`, or more for a class's room. */
  maxLines?: number;
  watchBatchMs?: number;
  /** The rooms whose traces share memory. */
  traces?: TracePool;
  /** For tests of loss: 0 … 1. */
  random?: () => number;
}
