/** The HTTP API of the course's server, as the page calls it. */
import type { ErrorResponse, RoomResponse, RoomRequest } from '../../../sandbox/protocol/api.ts';
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
  if (response.ok && isRoomResponse(body)) return body;
  const { error, message } = (body ?? {}) as Partial<ErrorResponse>;
  throw new RoomError(
    typeof error === 'string' ? error : 'unreachable',
    typeof message === 'string' ? message : `HTTP ${response.status}`,
  );
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
    const response = await request(`${origin}/api/rooms/${encodeURIComponent(room.address)}`, {});
    if (response.status === 404 || response.status === 429) return 'gone';
    return response.ok ? 'there' : 'unreachable';
  } catch {
    return 'unreachable';
  }
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

export function isRoomResponse(value: unknown): value is RoomResponse {
  if (typeof value !== 'object' || value === null) return false;
  const { address, code, tcpPort, tlsPort } = value as Record<string, unknown>;
  const port = (each: unknown) =>
    each === null || (Number.isInteger(each) && Number(each) < 65_536);
  return typeof address === 'string' && typeof code === 'string' && port(tcpPort) && port(tlsPort);
}
