/**
 * The watch protocol over any transport: a viewer's requests go to the room, its responses and the
 * trace come back. The server puts it behind a WebSocket, a page may put it behind a MessagePort.
 */
import type { WatchMessage, WatchRequest } from '../protocol/api.ts';
import { parseWatchRequest } from '../protocol/parse-request.ts';
import { stateJson } from '../protocol/state-json.ts';
import { SandboxError } from '../shared/errors.ts';
import type { Turns } from '../shared/turns.ts';
import type { Room } from './room.ts';
import type { Viewer } from './viewer-cursor.ts';
import { log } from '../shared/log.ts';

/** The viewer's position in the trace, from its transport's URL or first message. */
export interface WatchPosition {
  run: number;
  n: number;
  /** The viewer looks only: its requests for changes fail. */
  readOnly?: boolean;
}

/** `from` and `run` of a watch stream's URL; anything else means the beginning. */
export const watchPosition = (query: URLSearchParams): WatchPosition => ({
  run: Number(query.get('run')) || 0,
  n: Number(query.get('from')) || 1,
});

/** A viewer's requests while its transport is open. */
export interface WatchServer {
  /** False if it is no request: the transport closes then. Requests wait until the room is ready. */
  receive(data: unknown): boolean;
  /** Resolves when the viewer watches; rejects if the room can't be made ready. */
  ready: Promise<void>;
  /** The transport is closed. */
  close(): void;
}

export function serveWatch(room: Room, viewer: Viewer, position: WatchPosition): WatchServer {
  let closed = false;
  let isReady = false;
  let watch: { close(): void } | undefined;
  const ready = room.ready(viewer.turns).then(() => {
    isReady = true;
    if (!closed) watch = room.watch(viewer, position);
  });
  const send = (message: WatchMessage | null): void => {
    if (message && !closed) viewer.message(message);
  };
  const handle = (request: WatchRequest): void => {
    // At once, so that the transport knows how many bytes wait before it reads the next request.
    if (request.type === 'state') send(stateResponse(room, request.id));
    else if (position.readOnly)
      send(request.type === 'device' ? null : failed(request.id, new SandboxError('not-allowed')));
    else void respond(room, request, viewer.turns).then(send);
  };
  return {
    ready,
    receive(data) {
      const request = typeof data === 'string' ? parseWatchRequest(data) : null;
      if (request && isReady) handle(request);
      else if (request) ready.then(() => handle(request)).catch(() => {});
      return request !== null;
    },
    close() {
      closed = true;
      watch?.close();
    },
  };
}

/** The response to a viewer's request; null if the request has none. */
async function respond(
  room: Room,
  request: Exclude<WatchRequest, { type: 'state' }>,
  turns: Turns | undefined,
): Promise<WatchMessage | null> {
  if (request.type === 'device') {
    const { device, state, typed, error } = request;
    room.device(device, state, { typed, error });
    return null;
  }
  const { id } = request;
  try {
    await obey(room, request, turns);
    return { type: 'done', id, run: room.run };
  } catch (error) {
    return failed(id, error);
  }
}

/** The state, or the reason why there is none: an outside broker does not report its state. */
function stateResponse(room: Room, id: number): WatchMessage {
  try {
    return { type: 'state', id, state: stateJson(room.state) };
  } catch (error) {
    return failed(id, error);
  }
}

function failed(id: number, error: unknown): WatchMessage {
  const { code, message } = error instanceof SandboxError ? error : new SandboxError('internal');
  if (!(error instanceof SandboxError)) log.error('watch-request-failed', error);
  return { type: 'failed', id, error: code, message };
}

async function obey(
  room: Room,
  request: Exclude<WatchRequest, { type: 'state' | 'device' }>,
  turns: Turns | undefined,
): Promise<void> {
  switch (request.type) {
    case 'reset':
      return void (await room.reset(request.files, turns));
    case 'arm':
      return room.armFaults(request.rules, request.replace);
    case 'set-conditions':
      return room.setConditions(request.conditions);
    case 'cut':
      return room.cut(request.client);
    case 'disconnect':
      return room.disconnect(request.clientId, request.on);
    case 'broker':
      return room.operate(request.deed, request.files, { turns, on: request.on });
    case 'clear-retained':
      return room.clearRetained(request.topic, request.on);
  }
}
