/** A thread with one room. Each message brings a port: one line of the room. */
import { parentPort, type MessagePort } from 'node:worker_threads';
import { PortStream } from './port-stream.ts';
import { openRoom } from './rooms.ts';

const room = await openRoom();
parentPort!.on('message', (message: MessagePort | 'busy') => {
  // What a room would do that holds up its thread.
  if (message === 'busy') {
    const until = performance.now() + 200;
    while (performance.now() < until);
    return;
  }
  room.attach(new PortStream(message), { transport: 'tcp', role: 'outside' });
});
parentPort!.postMessage('ready');
