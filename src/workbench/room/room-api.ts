/** The HTTP API of the course's server, as the page calls it. */
import {
  readErrorResponse,
  readRoomResponse,
  type RoomRequest,
  type RoomResponse,
} from '../../../sandbox/protocol/api.ts';
import { RoomError } from './room.ts';

/** Longer than any response takes on a busy classroom machine. */
const timeoutMs = 10_000;

/** Creates a room. Throws RoomError: `unreachable` if no server responds, else the server's reason. */
export async function createRoom(origin: string, exercise: string): Promise<RoomResponse> {
  const response = await request(`${origin}/api/rooms`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ exercise } satisfies RoomRequest),
  });
  const body: unknown = await response.json().catch(() => undefined);
  const room = response.ok ? readRoomResponse(body) : undefined;
  if (room) return room;
  const { error, message } = readErrorResponse(body) ?? {};
  throw new RoomError(error ?? 'unreachable', message ?? `HTTP ${response.status}`);
}

/**
 * Whether the server has this room: a refused WebSocket gives no reason. `gone`: the server responds
 * and has no such room. `there`: it has. `unreachable`: no server responds. 429 means `gone`, too:
 * the server finds a valid address however many invalid ones were looked up.
 */
export async function lookUpRoom(
  origin: string,
  room: RoomResponse,
): Promise<'there' | 'gone' | 'unreachable'> {
  try {
    const at = `${encodeURIComponent(room.address)}?${new URLSearchParams({ key: room.watchKey })}`;
    const response = await request(`${origin}/api/rooms/${at}`, {});
    if (response.status === 404 || response.status === 429) return 'gone';
    return response.ok ? 'there' : 'unreachable';
  } catch {
    return 'unreachable';
  }
}

/** A WebSocket URL of the room: its watch stream, or a device's line. */
export function roomUrl(
  origin: string,
  { address, watchKey }: RoomResponse,
  path: 'watch' | 'mqtt',
  query: Record<string, string | number> = {},
): string {
  const search = new URLSearchParams({ key: watchKey });
  for (const [key, value] of Object.entries(query)) search.set(key, `${value}`);
  return `${origin.replace(/^http/, 'ws')}/${path}/${encodeURIComponent(address)}?${search}`;
}

async function request(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, {
      ...init,
      cache: 'no-store',
      signal: AbortSignal.timeout(timeoutMs),
    });
  } catch (error) {
    throw new RoomError('unreachable', String(error));
  }
}
