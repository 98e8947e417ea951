/** Rooms in this process, reached over memory lines. */
import type { Duplex } from 'readable-stream';
import type { LineInfo } from '../../../sandbox/line/line-info.ts';
import { memoryPair } from '../../../sandbox/room/memory-pair.ts';
import type { CheckResult } from '../../../sandbox/protocol/exercise.ts';
import { createBroker } from '../../../sandbox/engine/builtin/index.ts';
import { Room } from '../../../sandbox/room/room.ts';
import { brokerVersion } from '../../../sandbox/server/version.ts';
import type { LineChunk, LineTarget } from '../../../src/workbench/device/messages.ts';
import type { RoomSource, RoomUnderTest } from './room-under-test.ts';

export const memory: RoomSource = {
  name: 'memory',
  overTcp: false,
  async open(_id, exercise, files) {
    const room = new Room({
      engine: createBroker,
      code: 'lesson-check',
      exercise,
      watchBatchMs: 0,
      brokerVersion,
    });
    await room.reset(Object.keys(files).length > 0 ? files : undefined);
    let results: CheckResult[] = [];
    const under: RoomUnderTest = {
      device: (device, state) => room.device(device, state),
      openLine: (device, port, signal, target) => join(room, device, port, signal, target),
      tcp: undefined,
      async reset(now) {
        await room.reset(now);
      },
      onChange: undefined,
      entries: () => room.trace.all(),
      streamed: () => results,
      view: async () => ({ entries: room.trace.remembered(), state: room.state }),
      close: () => room.close('stopping'),
    };
    room.watch(
      {
        binary: () => under.onChange?.(),
        message(message) {
          if (message.type === 'checks') results = message.results;
          under.onChange?.();
        },
        unsent: () => 0,
      },
      { run: room.run, n: 1 },
    );
    return under;
  },
  close: async () => {},
};

/** What takes a line: a string where it is not let in. */
export interface Attaches {
  attach(stream: Duplex, info: LineInfo): unknown;
}

/** Joins a program's port to one end of a memory line; its other end is attached. */
export function join(
  room: Attaches,
  name: string,
  port: MessagePort,
  signal: AbortSignal,
  target?: LineTarget,
): Promise<void> {
  const [client, server] = memoryPair();
  const line = room.attach(server, {
    transport: 'memory',
    role: 'device',
    name,
    ...(target && { target }),
  });
  // Nobody listens there.
  if (typeof line === 'string') server.destroy();
  const cut = () => client.destroy();
  signal.addEventListener('abort', cut, { once: true });
  port.onmessage = ({ data }: MessageEvent<LineChunk>) => {
    if (client.destroyed) return;
    if (data === null) client.end();
    else client.write(data);
  };
  client.on('data', (chunk: Uint8Array) => port.postMessage(Uint8Array.from(chunk)));
  return new Promise((resolve) => {
    client.once('close', () => {
      signal.removeEventListener('abort', cut);
      port.postMessage(null satisfies LineChunk);
      port.close();
      resolve();
    });
  });
}
