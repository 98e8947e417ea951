/** A device's program, in a thread with the page's own runtime. */
import { runProgramInNode } from '../../../src/workbench/device/node-worker.ts';
import type { FromDevice } from '../../../src/workbench/device/messages.ts';
import type { RoomUnderTest } from '../rooms/room-under-test.ts';
import type { Play, Player } from './player.ts';

export interface DevicePlay extends Play {
  room: Pick<RoomUnderTest, 'device' | 'openLine'>;
  program: string;
  /** The room's broker has files of its own. */
  anyPort: boolean;
  /** As of `runProgramInNode`: the programs of an exercise begin at once, as a page starts them. */
  together: SharedArrayBuffer;
  /** As of `runProgramInNode`. */
  thread: URL;
  /** Every half second of the program's own time: it is there, and not stuck in a loop. */
  onBeat(): void;
}

export function playDevice(name: string, play: DevicePlay): Player {
  const { room, say, signal } = play;
  const { promise: done, resolve } = Promise.withResolvers<void>();
  const end = (state: 'ended' | 'failed' | 'off') => {
    room.device(name, state);
    resolve();
  };
  const hear = (message: FromDevice) => {
    if (message.type === 'alive') play.onBeat();
    if (message.type === 'console') say(`${name}: ${message.text}`);
    if (message.type === 'failed') say(`${name} failed: ${message.message}`);
    if (message.type === 'ended' || message.type === 'failed') end(message.type);
  };
  room.device(name, 'running');
  const program = runProgramInNode({
    name,
    program: play.program,
    anyPort: play.anyPort,
    openLine: (port, target) => void room.openLine(name, port, signal, target),
    on: hear,
    signal,
    together: play.together,
    thread: play.thread,
  });
  return {
    done,
    stop() {
      program.stop();
      end('off');
    },
  };
}
