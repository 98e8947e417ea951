/** A viewer's WebSocket: trace batches go out, validated requests come in. */
import type { Writable } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import { SandboxError } from '../../shared/errors.ts';
import type { WatchMessage, WatchRequest } from '../../protocol/api.ts';
import type { BrokerStateJson } from '../../protocol/state.ts';
import { parseWatchRequest } from '../../protocol/parse-request.ts';
import type { Room } from '../../room/room.ts';
import { stateChanges } from '../../protocol/state-changes.ts';
import { stateJson } from '../../protocol/state-json.ts';
import { TokenBucket } from '../../shared/token-bucket.ts';
import { wsBinaryFrame } from './ws-frame.ts';

/** A page asks a few things a second; the rest is a mistake or malice. */
const requestsPerSecond = 50;

export async function serveWatch(
  socket: WebSocket,
  raw: Writable,
  room: Room,
  query: URLSearchParams,
): Promise<void> {
  const send = (message: WatchMessage): void => {
    if (socket.readyState !== 1) return;
    socket.send(JSON.stringify(message));
    if (message.type === 'closing') socket.close(4000, message.reason);
  };
  const bucket = new TokenBucket(requestsPerSecond, requestsPerSecond * 2);
  const states = new States(room);
  const handle = (request: WatchRequest): void => {
    // At once, so that what waits is seen before the next request is read.
    if (request.type === 'state') return send(orFailed(request.id, () => states.answer(request)));
    void answer(room, request).then((reply) => reply && send(reply));
  };
  /** Who doesn't read its answers gets no more of them: an answer may be a thousand times its question. */
  const waiting: WatchRequest[] = [];
  const { unsentBytes, responseMs } = room.limits;
  const isBehind = () => socket.bufferedAmount > unsentBytes;
  let patience: ReturnType<typeof setTimeout> | undefined;
  // One listener, however often it rests.
  socket.on('close', () => clearTimeout(patience));
  const rest = (): void => {
    socket.pause();
    patience = setTimeout(() => socket.terminate(), responseMs);
    raw.once('drain', () => {
      clearTimeout(patience);
      while (waiting.length > 0 && !isBehind()) handle(waiting.shift()!);
      if (waiting.length > 0) return rest();
      socket.resume();
    });
  };
  // Requests may come before the room is ready: they wait their turn.
  socket.on('error', () => socket.terminate());
  socket.on('message', (data: RawData, isBinary: boolean) => {
    const request = isBinary ? null : parseWatchRequest(String(data));
    if (!request || !bucket.tryTake()) return socket.close(1008, 'not a request');
    if (waiting.length === 0 && !isBehind()) return handle(request);
    // What has been read of it already; there is no more than the bucket holds.
    if (waiting.push(request) === 1) rest();
  });
  try {
    await room.ready();
  } catch {
    return socket.close(1011);
  }
  if (socket.readyState !== 1) return;
  const watch = room.watch(
    {
      binary: (batch) => void (socket.readyState === 1 && raw.write(wsBinaryFrame(batch))),
      message: send,
      unsent: () => socket.bufferedAmount,
    },
    { run: Number(query.get('run')) || 0, n: Number(query.get('from')) || 1 },
  );
  socket.on('close', () => watch.close());
}

/** What one viewer was last told of the broker's state, so that the next answer can be short. */
class States {
  readonly #room: Room;
  #last: { id: number; run: number; state: BrokerStateJson } | null = null;

  constructor(room: Room) {
    this.#room = room;
  }

  answer({ id, since }: WatchRequest & { type: 'state' }): WatchMessage {
    const last = this.#last;
    const { run } = this.#room;
    const state = stateJson(this.#room.state);
    this.#last = { id, run, state };
    if (since === undefined || last?.id !== since || last.run !== run)
      return { type: 'state', id, state };
    return { type: 'state-changes', id, since, changes: stateChanges(last.state, state) };
  }
}

async function answer(
  room: Room,
  request: Exclude<WatchRequest, { type: 'state' }>,
): Promise<WatchMessage | null> {
  if (request.type === 'device') {
    room.device(request.device, request.state);
    return null;
  }
  const { id } = request;
  try {
    switch (request.type) {
      case 'reset':
        await room.reset(request.files);
        break;
      case 'arm':
        room.armFaults(request.rules, request.replace);
        break;
      case 'weather':
        room.setConditions(request.weather);
        break;
      case 'cut':
        room.cut(request.client);
        break;
      case 'disconnect':
        room.disconnect(request.clientId);
        break;
      case 'clear-retained':
        await room.clearRetained(request.topic);
        break;
    }
    return { type: 'done', id, run: room.run };
  } catch (error) {
    return failed(id, error);
  }
}

function orFailed(id: number, ask: () => WatchMessage): WatchMessage {
  try {
    return ask();
  } catch (error) {
    return failed(id, error);
  }
}

function failed(id: number, error: unknown): WatchMessage {
  const { code, message } = error instanceof SandboxError ? error : new SandboxError('internal');
  if (!(error instanceof SandboxError)) console.error(error);
  return { type: 'failed', id, error: code, message };
}
