import { expect, test } from 'vitest';
import type { Exercise } from '../protocol/exercise.ts';
import type { FromRoomWorker, ToRoomWorker } from './messages.ts';
import { serveRoomWorker, type RoomWorkerScope } from './serve-room.ts';

const exercise: Exercise = { devices: ['publisher.ts'], scene: {}, checks: [] };

/** A worker whose exercises are these; `answer` sends a message to it and resolves to its response. */
function worker(load: (name: string) => Promise<Exercise | null>) {
  let heard: (message: FromRoomWorker) => void = () => {};
  const scope: RoomWorkerScope = { onmessage: null, postMessage: (message) => heard(message) };
  serveRoomWorker(scope, load);
  return (message: ToRoomWorker) =>
    new Promise<FromRoomWorker>((resolve) => {
      heard = resolve;
      scope.onmessage!({ data: message } as MessageEvent<ToRoomWorker>);
    });
}
const gone = () => Promise.reject(new TypeError('Failed to fetch dynamically imported module'));
const open = (): ToRoomWorker => {
  const { port1, port2 } = new MessageChannel();
  port1.close();
  return { type: 'open', exercise: 'a/b', watch: port2 };
};

test('it is alive once the exercise is loaded, and makes no room of it', async () => {
  const asked: string[] = [];
  const answer = worker((name) => {
    asked.push(name);
    return Promise.resolve(exercise);
  });
  expect(await answer({ type: 'load', exercise: 'a/b' })).toEqual({ type: 'here' });
  expect(asked).toEqual(['a/b']);
});

test('an exercise whose script is gone is not one that never was', async () => {
  expect(await worker(gone)({ type: 'load', exercise: 'a/b' })).toEqual({ type: 'gone' });
  expect(await worker(gone)(open())).toEqual({ type: 'gone' });
  expect(await worker(() => Promise.resolve(null))(open())).toMatchObject({
    type: 'failed',
    error: expect.stringContaining('exercise'),
  });
});
