/** A device's program, in a thread with the page's own runtime. */
import { runProgramInNode } from '../../../src/workbench/device/node-worker.ts';
import { mostError } from '../../../sandbox/protocol/trace.ts';
import type { FromDevice } from '../../../src/workbench/device/messages.ts';
import { openProgramLine } from '../../../src/workbench/run/program-lines.ts';
import type { RoomUnderTest } from '../rooms/room-under-test.ts';
import type { RunContext, Runner } from './runner.ts';

export interface DeviceContext extends RunContext {
  room: Pick<RoomUnderTest, 'device' | 'openLine'>;
  program: string;
  /** The room's broker has files of its own. */
  anyPort: boolean;
  hosts: readonly string[];
  /** `StartDevice.files` */
  files?: Readonly<Record<string, string>> | undefined;
  /** As of `runProgramInNode`: the programs of an exercise begin at once, as a page starts them. */
  together: SharedArrayBuffer;
  /** As of `runProgramInNode`. */
  thread: URL;
  /** Every half second of the program's own time: it is there, and not stuck in a loop. */
  onBeat(): void;
}

export function runDevice(name: string, context: DeviceContext): Runner {
  const { room, log, signal } = context;
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const end = (state: 'ended' | 'failed' | 'off', error?: string) => {
    room.device(name, state, { error });
    resolve();
  };
  const hear = (message: FromDevice) => {
    if (message.type === 'alive') context.onBeat();
    if (message.type === 'console') log(`${name}: ${message.text}`);
    if (message.type === 'failed') {
      log(`${name} failed: ${message.message}`);
      end('failed', message.message.slice(0, mostError));
    }
    if (message.type === 'ended') end('ended');
  };
  const lines = new Set<Promise<void>>();
  room.device(name, 'running');
  const program = runProgramInNode({
    name,
    program: context.program,
    anyPort: context.anyPort,
    hosts: context.hosts,
    files: context.files,
    openLine: (port, target) =>
      openProgramLine(lines, port, () => room.openLine(name, port, signal, target)),
    on: hear,
    signal,
    together: context.together,
    thread: context.thread,
  });
  return {
    done,
    stop() {
      program.stop();
      end('off');
    },
  };
}
