/**
 * The HTTP API: `POST /api/rooms` makes a room; `GET /api/rooms/<address>` returns whether it exists, and
 * with `?key=<watch key>` whether that key can watch it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { TokenBucket } from '../shared/token-bucket.ts';
import { errorText, SandboxError, type ErrorName } from '../shared/errors.ts';
import { readRoomRequest, type ErrorResponse, type RoomResponse } from '../protocol/api.ts';
import { findRoom, mayAnswer, type ListenerContext } from './admission/admit.ts';
import { sameOrigin } from './listeners/ws.ts';
import { log } from '../shared/log.ts';

export interface ApiOptions {
  context: ListenerContext;
  tcpPort(): number | null;
  tlsPort(): number | null;
}
export type Handler = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

const statusOf: Partial<Record<ErrorName, number>> = {
  'not-found': 404,
  'no-room': 404,
  'no-class': 404,
  'no-shared-room': 404,
  'no-member': 404,
  'not-a-member': 404,
  'not-teacher': 403,
  'class-locked': 403,
  'not-on-list': 403,
  'not-let-in': 403,
  'no-ticket': 404,
  'waiting-full': 429,
  'name-taken': 409,
  'no-classes': 503,
  'not-kept': 507,
  'unknown-exercise': 404,
  'too-many-requests': 429,
  'joins-busy': 429,
  'not-allowed': 405,
  'server-full': 503,
  internal: 500,
};

export function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(JSON.stringify(body));
}

export function fail(response: ServerResponse, error: ErrorName, message = errorText(error)): void {
  json(response, statusOf[error] ?? 400, { error, message } satisfies ErrorResponse);
}

/** The response to a request that failed with this error. */
export function failWith(response: ServerResponse, error: unknown): void {
  if (error instanceof SandboxError) return fail(response, error.code);
  log.error('request-failed', error);
  if (response.headersSent) response.destroy();
  else fail(response, 'internal');
}

export const readMethods = ['GET', 'HEAD'] as const;

/** RFC 9110, section 15.5.6: 405 lists the allowed methods, as OPTIONS does. */
export function notAllowed(
  { method }: IncomingMessage,
  response: ServerResponse,
  allowed: readonly string[],
): void {
  response.setHeader('Allow', [...allowed, 'OPTIONS'].join(', '));
  if (method === 'OPTIONS') response.writeHead(204).end();
  else fail(response, 'not-allowed');
}

/** The whole body. */
export async function textOf(request: IncomingMessage, most: number): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  // Also if the body is incomplete or its sender closes.
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw new SandboxError('bad-request');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks).toString();
  } catch {
    throw new SandboxError('bad-request');
  }
}

/** Limits how many rooms each network address makes. */
function askers(perMinute: number): (remote: string) => boolean {
  const buckets = new Map<string, TokenBucket>();
  return (remote) => {
    if (buckets.size > 10_000) buckets.clear();
    let bucket = buckets.get(remote);
    if (!bucket) buckets.set(remote, (bucket = new TokenBucket(perMinute / 60, perMinute)));
    return bucket.tryTake();
  };
}

/** Handles `/api/…` and passes everything else to `next`. */
export function apiHandler({ context, tcpPort, tlsPort }: ApiOptions): Handler {
  const { rooms } = context;
  const mayCreate = askers(rooms.limits.roomsPerMinute);

  async function create(request: IncomingMessage): Promise<RoomResponse> {
    if (!sameOrigin(context, request)) throw new SandboxError('other-origin');
    const remote = context.proxies.sourceOf(request);
    if (!mayCreate(remote)) throw new SandboxError('too-many-requests');
    const asked = readRoomRequest(await textOf(request, rooms.limits.requestBytes));
    if (!asked) throw new SandboxError('bad-request');
    const { room, ...keys } = await rooms.create(asked.exercise);
    context.known.add(room, remote);
    context.knownViewers.add(room, remote);
    context.onPage(request, room);
    return { ...keys, tcpPort: tcpPort(), tlsPort: tlsPort() };
  }

  /** A page whose watch stream was refused asks for the reason. Only wrong addresses get 429. */
  function look(address: string, request: IncomingMessage): { code: string } {
    const remote = context.proxies.sourceOf(request);
    const query = new URLSearchParams(request.url!.split('?', 2)[1]);
    const room = findRoom(context, address, remote, query.get('key') ?? undefined);
    if (room) return { code: room.code };
    throw new SandboxError(mayAnswer(context, address, remote) ? 'no-room' : 'too-many-requests');
  }

  interface Resource {
    methods: readonly string[];
    answer(request: IncomingMessage): unknown;
  }
  function resourceAt(path: string): Resource | null {
    if (path === '/api/rooms') return { methods: ['POST'], answer: create };
    const address = /^\/api\/rooms\/([\w-]{1,64})$/.exec(path)?.[1];
    if (address === undefined) return null;
    return {
      methods: readMethods,
      answer: (request) => look(address, request),
    };
  }

  return (request, response, next) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    if (!path.startsWith('/api/')) return next();
    const resource = resourceAt(path);
    if (!resource) return fail(response, 'not-found');
    if (!resource.methods.includes(request.method!))
      return notAllowed(request, response, resource.methods);
    Promise.try(resource.answer, request).then(
      (body) => json(response, 200, body),
      (error: unknown) => failWith(response, error),
    );
  };
}
