import type {
  BrokerFiles,
  CheckResult,
  Exercise,
  View,
} from '../../../sandbox/protocol/exercise.ts';
import type { FaultRule } from '../../../sandbox/protocol/faults.ts';
import type { BrokerDeed } from '../../../sandbox/protocol/process.ts';
import type { DeviceDetails, DeviceState, TraceEntry } from '../../../sandbox/protocol/trace.ts';
import type { LineTarget } from '../../../src/workbench/device/messages.ts';

/** A real room with an exercise's scene, however it is reached. */
export interface RoomUnderTest {
  device(device: string, state: DeviceState, details?: DeviceDetails): void;
  /** Joins a program's port to the room; resolves when that line is closed. */
  openLine(
    device: string,
    port: MessagePort,
    signal: AbortSignal,
    target?: LineTarget,
  ): Promise<void>;
  /** Host and port for programs outside the page; undefined if the room has none. */
  tcp: { host: string; port: number; address: string } | undefined;
  /** The learner presses Apply: a fresh broker with these files. */
  reset(files: BrokerFiles): Promise<void>;
  /**
   * The learner does something to the broker's process. `files`: those that a start reads. Returns why it
   * was not done, a key of the room's errors.
   */
  operate(deed: BrokerDeed, files?: BrokerFiles): Promise<string | undefined>;
  /** The learner arms faults in the panel Connection. */
  arm(rules: FaultRule[]): Promise<void>;
  /** Calls back whenever `entries` or `streamed` have changed. */
  onChange: (() => void) | undefined;
  entries(): readonly TraceEntry[];
  /** The checks' results as the room sends them to viewers. */
  streamed(): readonly CheckResult[];
  view(): Promise<View>;
  close(): Promise<void>;
}

/** Opens rooms of one kind. */
export interface RoomSource {
  name: string;
  /** Programs of the learner's own machine reach its rooms, too. */
  overTcp: boolean;
  /**
   * Which sets run here though another kind of rooms before it can run them; absent: all. `index`
   * counts the sets of an exercise, from the starter on.
   */
  sample?: (folder: string, index: number) => boolean;
  /** With broker files if there are any. */
  open(id: string, exercise: Exercise, files: BrokerFiles): Promise<RoomUnderTest>;
  close(): Promise<void>;
}

export { settled } from '../../../sandbox/checks/settled.ts';
