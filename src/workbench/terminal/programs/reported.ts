/**
 * Reports a typed program to the room, so that a check can see a command that never reached the broker,
 * and a hint what the shell made of its words: the trace has a device entry by the program's name. A
 * line that started none of them (`ls`, `systemctl status mosquitto`) has one by the terminal's name.
 */
import {
  mostTyped,
  type DeviceDetails,
  type DeviceState,
  type Typed,
} from '../../../../sandbox/protocol/trace.ts';
import type { Program } from './program.ts';

export type ReportState = (program: string, state: DeviceState, details?: DeviceDetails) => void;

/** Its words hold a password that goes nowhere else as it is. */
const SECRET = 'mosquitto_passwd';

const typedBy = (line: string, words: readonly string[]): Typed => ({
  line: line.slice(0, mostTyped.line),
  words: words.slice(0, mostTyped.words).map((word) => word.slice(0, mostTyped.word)),
});

/**
 * The same programs; `report` receives `running` with what was typed, then `ended` or, with another
 * status than 0, `failed`.
 */
export const reported = (
  programs: ReadonlyMap<string, Program>,
  report: ReportState,
): ReadonlyMap<string, Program> =>
  new Map(
    [...programs].map(([name, program]): [string, Program] => [
      name,
      async (args, io) => {
        const { line = SECRET } = io;
        if (line.includes(SECRET)) report(name, 'running');
        else report(name, 'running', { typed: typedBy(line, args) });
        const status = await program(args, io);
        report(name, status === 0 || io.signal.aborted ? 'ended' : 'failed');
        return status;
      },
    ]),
  );

/** Statuses of a shell: there is no such program; it does not understand the line. */
const [NOT_FOUND, MISUSE] = [127, 2];

/** They ask the terminal itself, and nobody takes them for an answer. */
const ABOUT_ITSELF = /^\s*(?:help|clear|history)\b/;

/** Of one terminal: the lines that started none of its reported programs. */
export function lineReports(terminal: string, report: ReportState) {
  /** A program of the line that runs was reported. */
  let isTold = false;
  let hasWaited = false;
  const tell = (state: DeviceState, line: string) => {
    if (line.trim() !== '' && !line.includes(SECRET) && !ABOUT_ITSELF.test(line))
      report(terminal, state, { typed: typedBy(line, []) });
  };
  return {
    program(...what: Parameters<ReportState>) {
      isTold = true;
      report(...what);
    },
    /** `off`: it was typed while another command ran, and waits for the end of that one. */
    waiting(line: string) {
      hasWaited = true;
      tell('off', line);
    },
    /** `failed`: the shell could not run it. Other programs' statuses say something else. */
    ended(line: string, status: number) {
      if (!isTold) tell(status === NOT_FOUND || status === MISUSE ? 'failed' : 'ended', line);
      // What waits has its turn next, and its end says that it waits no more.
      else if (hasWaited) report(terminal, 'ended');
      isTold = false;
    },
  };
}
