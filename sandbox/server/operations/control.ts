/**
 * The way to a running server for programs of the same user on the same machine: HTTP over a socket in
 * the data folder (on Windows a named pipe). No network and no proxy reaches it.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { join, resolve } from 'node:path';
import { json } from '../api.ts';

/** The system's limit for the path of a socket is 104 to 108 bytes. */
const longestPath = 100;

/** Null if the path of the folder is too long for a socket. */
export function controlPath(data: string): string | null {
  if (process.platform === 'win32') {
    const name = createHash('sha256').update(resolve(data).toLowerCase()).digest('hex');
    return `\\\\.\\pipe\\retained-${name.slice(0, 24)}`;
  }
  const path = join(resolve(data), 'control.sock');
  return Buffer.byteLength(path) > longestPath ? null : path;
}

/** Whether a request has the key, as `Authorization: Bearer <key>`. */
export function hasKey({ headers }: Pick<IncomingMessage, 'headers'>, key: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${key}`));
}

/** `POST /backup` → what the request is answered with. */
export type ControlRoutes = Readonly<Record<string, () => unknown>>;

/**
 * The caller owns the data folder already: what a server that was killed has left there is replaced.
 * @param keyOf the teacher; null: nobody has one now
 * @returns how to close it; a machine without such sockets goes without
 */
export async function listenControl(
  data: string,
  keyOf: () => string | null,
  routes: ControlRoutes,
): Promise<() => Promise<void>> {
  const path = controlPath(data);
  if (path === null) return async () => {};
  const server = createServer((request, response) => {
    const route = routes[`${request.method} ${request.url}`];
    const key = keyOf();
    if (key === null || !hasKey(request, key))
      return json(response, 403, { message: 'Not the key of this server.' });
    if (!route) return json(response, 404, { message: 'Nothing is here.' });
    Promise.try(route).then(
      (body) => json(response, 200, body),
      (error: unknown) => json(response, 500, { message: (error as Error).message }),
    );
  });
  if (process.platform !== 'win32') rmSync(path, { force: true });
  const listening = await new Promise<boolean>((done) => {
    server.once('error', () => done(false));
    server.listen(path, () => done(true));
  });
  if (listening && process.platform !== 'win32') chmodSync(path, 0o600);
  return () =>
    new Promise((done) => {
      if (!listening) return done();
      server.close(() => done());
      server.closeAllConnections();
    });
}
