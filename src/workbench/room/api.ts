import {
  readErrorResponse,
  readRoomResponse,
  type RoomRequest,
  type RoomResponse,
} from '../../../sandbox/protocol/api.ts';

/** `key` is a key of the language files without its `error.`. */
export class RoomError extends Error {
  readonly key: string;
  constructor(key: string, message: string) {
    super(message);
    this.name = 'RoomError';
    this.key = key;
  }
}

/** Longer than any answer takes on a busy classroom machine. */
const patienceMs = 10_000;

/** A new room. Throws RoomError: `unreachable` where no server answers, else what it said. */
export async function createRoom(origin: string, exercise: string): Promise<RoomResponse> {
  const answer = await ask(`${origin}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ exercise } satisfies RoomRequest),
  });
  const body: unknown = await answer.json().catch(() => undefined);
  const room = answer.ok ? readRoomResponse(body) : undefined;
  if (room) return room;
  const { error, message } = readErrorResponse(body) ?? {};
  throw new RoomError(error ?? 'unreachable', message ?? `HTTP ${answer.status}`);
}

/**
 * A WebSocket that was refused says nothing of the reason; this asks. `gone`: the server answers
 * and has no such room. `there`: it has. `unreachable`: no server answers. 429 is `gone`, too: the
 * server finds a right address however many wrong ones it was asked for.
 */
export async function roomIs(
  origin: string,
  room: RoomResponse,
): Promise<'there' | 'gone' | 'unreachable'> {
  try {
    const answer = await ask(`${origin}/api/rooms/${encodeURIComponent(room.address)}`, {});
    if (answer.status === 404 || answer.status === 429) return 'gone';
    return answer.ok ? 'there' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

async function ask(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      cache: 'no-store',
      signal: AbortSignal.timeout(patienceMs),
    });
  } catch (error) {
    throw new RoomError('unreachable', String(error));
  }
}
