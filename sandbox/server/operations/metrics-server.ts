/**
 * Who may read `/metrics`. On the course's port: whoever has the teacher's key. Without a key: a port of its own
 * that listens on this machine only. A proxy of this machine that names nobody looks like somebody at its
 * keyboard, so being local opens nothing on the course's port.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fail, json, notAllowed, readMethods, type Handler } from '../api.ts';
import { hasKey } from './control.ts';
import type { Metrics } from './metrics.ts';

function send(response: ServerResponse, metrics: Metrics): void {
  response.writeHead(200, {
    'Content-Type': 'text/plain; version=0.0.4; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(metrics.text());
}

/** @param keyOf the teacher; null: nobody has one now */
export function metricsHandler(metrics: Metrics, keyOf: () => string | null): Handler {
  return (request, response, next) => {
    if ((request.url ?? '').split('?', 1)[0] !== '/metrics') return next();
    const key = keyOf();
    if (key === null) return fail(response, 'not-found');
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return notAllowed(request, response, readMethods);
    if (hasKey(request, key)) return send(response, metrics);
    response.setHeader('WWW-Authenticate', 'Bearer');
    json(response, 401, {
      message:
        'Send the teacher’s key: Authorization: Bearer <the text in the file teacher-secret>.',
    });
  };
}

const ownHost = '127.0.0.1';
/** A page of another site that lets its name point at this machine sends that name. */
const ownName = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/i;
const ofProxies = ['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'] as const;

export async function listenMetrics(
  metrics: Metrics,
  port: number,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((request, response) => {
    const { headers, method, url } = request;
    const isOwn = ownName.test(headers.host ?? '') && !ofProxies.some((name) => headers[name]);
    if (!isOwn) return fail(response, 'other-origin');
    if (method !== 'GET' || url !== '/metrics') return fail(response, 'not-found');
    send(response, metrics);
  });
  server.maxConnections = 20;
  server.setTimeout(10_000);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, ownHost, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
