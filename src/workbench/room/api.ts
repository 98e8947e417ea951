import type { ErrorResponse, RoomResponse, RoomRequest } from '../../../sandbox/protocol/api.ts';

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
  if (answer.ok && isRoomAnswer(body)) return body;
  const { error, message } = (body ?? {}) as Partial<ErrorResponse>;
  throw new RoomError(
    typeof error === 'string' ? error : 'unreachable',
    typeof message === 'string' ? message : `HTTP ${answer.status}`,
  );
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

export function isRoomAnswer(value: unknown): value is RoomResponse {
  if (typeof value !== 'object' || value === null) return false;
  const { address, code, tcpPort, tlsPort } = value as Record<string, unknown>;
  const port = (each: unknown) =>
    each === null || (Number.isInteger(each) && Number(each) < 65_536);
  return typeof address === 'string' && typeof code === 'string' && port(tcpPort) && port(tlsPort);
}
