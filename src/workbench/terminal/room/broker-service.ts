/** The broker's process as the terminals' programs reach it: by requests to the room, and by its trace. */
import type { BrokerFiles } from '../../../../sandbox/protocol/exercise.ts';
import type { BrokerDeed, BrokerProcess } from '../../../../sandbox/protocol/process.ts';
import type { TraceEntry } from '../../../../sandbox/protocol/trace.ts';

/** Why the room did not do what was asked: a key of its errors. */
export type Refusal = string | undefined;

export interface BrokerService {
  /** Undefined if the broker does not tell: it runs outside the sandbox. */
  process(): Promise<BrokerProcess | undefined>;
  /** `files`: those that a start reads; default: the broker's own, as they are written now. */
  operate(deed: BrokerDeed, files?: BrokerFiles): Promise<Refusal>;
  /** What the broker said of its files when it was last started. */
  problems(): string[];
  /** The last lines of the broker's log. */
  log(): string[];
}

export interface ObservedBroker extends BrokerService {
  /** The machine's ports at which the broker listens now. */
  ports(): Promise<readonly number[]>;
  /** Counts the runs: each is a fresh machine. */
  run(): number;
  /** Unix time at which the clock of this run's trace began, in milliseconds. */
  began(): number;
  /** The trace of this run, as far as it has been received. */
  entries(): readonly TraceEntry[];
  /** The broker that each run from now on has, in a container; undefined: the machine's own. */
  contain(files: (() => BrokerFiles) | undefined): void;
  /** Calls when there are more entries, or another run. Returns how to unsubscribe. */
  onChange(listener: () => void): () => void;
}
