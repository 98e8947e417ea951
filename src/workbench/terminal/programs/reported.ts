/**
 * Reports the state of a typed program to the room, so that a check can see a command that never
 * reached the broker: its trace has a device entry by the program's name.
 */
import type { DeviceState } from '../../../../sandbox/protocol/trace.ts';
import type { Program } from './program.ts';

export type ReportState = (program: string, state: DeviceState) => void;

/**
 * The same programs; `report` receives `running`, then `ended` or, with another status than 0,
 * `failed`.
 */
export const reported = (
  programs: ReadonlyMap<string, Program>,
  report: ReportState,
): ReadonlyMap<string, Program> =>
  new Map(
    [...programs].map(([name, program]): [string, Program] => [
      name,
      async (args, io) => {
        report(name, 'running');
        const status = await program(args, io);
        report(name, status === 0 || io.signal.aborted ? 'ended' : 'failed');
        return status;
      },
    ]),
  );
