/** One room in a Web Worker: the page opens it, watches it, and opens lines to it. */
import { createBroker } from '../engine/builtin/index.ts';
import type { LineInfo } from '../line/line-info.ts';
import type { Exercise } from '../protocol/exercise.ts';
import { Room } from '../room/room.ts';
import { serveWatchPort } from '../room/watch-port.ts';
import { withTls } from '../room/with-tls.ts';
import { errorText, type ErrorName } from '../shared/errors.ts';
import type { FromRoomWorker, ToRoomWorker } from './messages.ts';
import { PortStream } from './port-stream.ts';
import { log } from '../shared/log.ts';

/** The worker's end of the channel to its page: the global scope of a Web Worker. */
export interface RoomWorkerScope {
  onmessage: ((event: MessageEvent<ToRoomWorker>) => void) | null;
  postMessage(message: FromRoomWorker): void;
}

/** @param exercises returns null if there is no exercise of that name; rejects if it can't be loaded */
export function serveRoomWorker(
  scope: RoomWorkerScope,
  exercises: (name: string) => Promise<Exercise | null>,
): void {
  const opened = Promise.withResolvers<Room>();
  let wasAsked = false;

  async function open(name: string, watch: MessagePort): Promise<void> {
    const exercise = await load(name);
    if (exercise === undefined) return;
    if (!exercise) return fail('unknown-exercise');
    const room = new Room({ engine: createBroker, code: 'browser', exercise });
    opened.resolve(room);
    // The page that opens a room has seen nothing of it yet.
    serveWatchPort(watch, room, { run: 0, n: 1 });
  }
  /** Undefined: its script can't be loaded, and the page knows. */
  function load(name: string): Promise<Exercise | null | undefined> {
    return exercises(name).catch(() => void scope.postMessage({ type: 'gone' }));
  }

  function fail(error: ErrorName): void {
    scope.postMessage({ type: 'failed', error, message: errorText(error) });
  }

  async function attach(
    port: MessagePort,
    { device, target }: Extract<ToRoomWorker, { type: 'line' }>,
  ): Promise<void> {
    const room = await opened.promise;
    await room.ready();
    const stream = new PortStream(port);
    const info: LineInfo = { transport: 'memory', role: 'device', name: device };
    const line = room.attach(stream, await withTls(target ? { ...info, target } : info));
    if (typeof line !== 'string') return;
    if (line.startsWith('tls-')) port.postMessage(line);
    stream.destroy();
  }

  scope.onmessage = ({ data }) => {
    if (data.type === 'line') {
      attach(data.port, data).catch((error: unknown) => {
        log.error('line-failed', error);
        data.port.postMessage(null);
      });
    } else if (data.type === 'ask') scope.postMessage({ type: 'here' });
    else if (data.type === 'load')
      void load(data.exercise).then((found) => found && scope.postMessage({ type: 'here' }));
    else if (!wasAsked) {
      wasAsked = true;
      void open(data.exercise, data.watch);
    }
  };
}
