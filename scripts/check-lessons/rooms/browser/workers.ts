/** Node's side: workers that look as a page's own do, and are in a browser. */
import type { WebSocket } from 'ws';
import type { FromRoomWorker, ToRoomWorker } from '../../../../sandbox/worker/messages.ts';
import type { RoomWorker } from '../../../../src/workbench/room/worker-room.ts';
import { WORD, type Frame } from './frames.ts';

/** @returns how to make one more worker at the other end of this socket */
export function workersOver(socket: WebSocket): () => RoomWorker {
  const workers = new Map<number, RemoteWorker>();
  const ports = new Map<number, MessagePort>();
  let last = 0;
  const send = (frame: Frame) => socket.send(JSON.stringify(frame));

  class RemoteWorker implements RoomWorker {
    onmessage: RoomWorker['onmessage'] = null;
    onerror: RoomWorker['onerror'] = null;
    readonly #number = ++last;
    readonly #ports: number[] = [];

    constructor() {
      workers.set(this.#number, this);
    }
    postMessage(message: ToRoomWorker): void {
      const worker = this.#number;
      if (message.type === 'ask') return send({ to: 'worker', worker, data: message });
      const name = message.type === 'open' ? 'watch' : 'port';
      const { [name]: port, ...data } = message as unknown as Record<string, MessagePort>;
      const number = ++last;
      this.#ports.push(number);
      ports.set(number, port!);
      send({ to: 'worker', worker, data, port: { number, name } });
      port!.onmessage = ({ data: own }: MessageEvent<unknown>) => {
        if (!(own instanceof Uint8Array)) return send({ to: 'port', port: number, data: own });
        const frame = Buffer.alloc(WORD + own.length);
        frame.writeUInt32BE(number);
        frame.set(own, WORD);
        socket.send(frame);
      };
    }
    terminate(): void {
      send({ to: 'end', worker: this.#number });
      workers.delete(this.#number);
      for (const port of this.#ports) {
        ports.get(port)?.close();
        ports.delete(port);
      }
    }
  }
  function take(frame: Frame): void {
    if (frame.to === 'port') return ports.get(frame.port)?.postMessage(frame.data);
    const worker = workers.get(frame.worker);
    if (frame.to === 'worker')
      worker?.onmessage?.({ data: frame.data } as MessageEvent<FromRoomWorker>);
    else worker?.onerror?.({ message: frame.error } as ErrorEvent);
  }
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (!isBinary) return take(JSON.parse(data.toString()) as Frame);
    ports.get(data.readUInt32BE())?.postMessage(Uint8Array.from(data.subarray(WORD)));
  });
  return () => new RemoteWorker();
}
