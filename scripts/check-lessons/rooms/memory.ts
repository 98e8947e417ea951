/** Rooms in this process, reached over memory lines. */
import type { EngineFactory } from '../../../sandbox/engine/broker.ts';
import { memoryPair } from '../../../sandbox/room/memory-pair.ts';
import {
  hasFiles,
  type BrokerFiles,
  type CheckResult,
} from '../../../sandbox/protocol/exercise.ts';
import type { LineInfo } from '../../../sandbox/line/line-info.ts';
import { isTlsRefusal } from '../../../sandbox/protocol/tls.ts';
import { SandboxError } from '../../../sandbox/shared/errors.ts';
import { createBroker } from '../../../sandbox/engine/builtin/index.ts';
import { Room } from '../../../sandbox/room/room.ts';
import { withTls } from '../../../sandbox/room/with-tls.ts';
import type { LineChunk, LineTarget } from '../../../src/workbench/device/messages.ts';
import type { RoomSource, RoomUnderTest } from './room-under-test.ts';

/** @param engineFor the engine of a room that has such files, and such a Mosquitto, when it begins a run */
export const inMemory = (
  name: string,
  engineFor: (files: () => BrokerFiles) => EngineFactory,
): RoomSource => ({
  name,
  overTcp: false,
  async open(_id, exercise, given) {
    let files = given;
    const room = new Room({
      engine: engineFor(() => ({ mosquitto: exercise.scene.mosquitto, ...files })),
      code: 'lesson-check',
      exercise,
      watchBatchMs: 0,
    });
    await room.reset(hasFiles(files) ? files : undefined);
    let results: CheckResult[] = [];
    const under: RoomUnderTest = {
      device: (...reported) => room.device(...reported),
      openLine: (device, port, signal, target) => join(room, device, port, signal, target),
      tcp: undefined,
      async reset(now) {
        files = now;
        await room.reset(now);
      },
      operate: (deed, now) =>
        room.operate(deed, now).then(
          () => undefined,
          (error) => (error instanceof SandboxError ? error.code : 'internal'),
        ),
      arm: async (rules) => room.armFaults(rules),
      onChange: undefined,
      entries: () => room.trace.all(),
      streamed: () => results,
      view: async () => ({
        entries: room.trace.remembered(),
        get state() {
          return room.state;
        },
      }),
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
});

export const memory = inMemory('memory', () => createBroker);

/** Joins a program's port to one end of a memory line; its other end is attached. */
async function join(
  room: Room,
  name: string,
  port: MessagePort,
  signal: AbortSignal,
  target?: LineTarget,
): Promise<void> {
  const [client, server] = memoryPair();
  const info: LineInfo = { transport: 'memory', role: 'device', name };
  const full = target?.tls
    ? await withTls({ ...info, target })
    : { ...info, ...(target && { target }) };
  const line = room.attach(server, full);
  // No listener is open there, or it does not take this client.
  if (typeof line === 'string') {
    if (isTlsRefusal(line)) port.postMessage(line satisfies LineChunk);
    server.destroy();
  }
  const cut = () => client.destroy();
  signal.addEventListener('abort', cut, { once: true });
  port.onmessage = ({ data }: MessageEvent<LineChunk>) => {
    if (client.destroyed) return;
    if (typeof data === 'string') return;
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
