/** The built site over HTTP: its bytes go out slice by slice, at the turns of the reader's address. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '../shared/log.ts';
import type { ListenerContext } from './admission/admit.ts';
import { fail, notAllowed, readMethods, type Handler } from './api.ts';
import { isRead } from './http.ts';
import { headersFor, programsFrame } from './security-headers.ts';
import { siteBase, type SiteBase } from './site-base.ts';
import { SiteFiles } from './site-files.ts';

/** Bytes of one write of a response: what the server holds for a client that stops reading. */
const sliceBytes = 32_768;

/** Resolves when the client of a request may be sent a slice of `bytes`, which begins at `at`. */
type SliceTurn = (request: IncomingMessage) => (bytes: number, at: number) => Promise<void>;

/** What a slice costs the loop; microseconds. */
const sliceUs = 60;

/** Slices at the turns of the client's address: the system takes megabytes before a client reads. */
export const slicesInTurn =
  ({ fair, proxies, responses }: ListenerContext): SliceTurn =>
  (request) => {
    const remote = proxies.sourceOf(request);
    const turns = fair.turnsOf(remote, 'responses');
    return async (bytes, at) => {
      await responses.slice(remote, bytes, at);
      // The first one is part of the response's own turn.
      if (at > 0) await turns.pay(sliceUs);
    };
  };

/** Resolves when the response takes more, or is closed. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });

/**
 * Writes the body slice by slice, until the client leaves. No pipeline: it makes three errors for each
 * client that leaves, and a thousand may leave in one poll.
 */
async function send(
  response: ServerResponse,
  body: Buffer,
  turn: ReturnType<SliceTurn>,
): Promise<void> {
  for (let at = 0; at < body.length; at += sliceBytes) {
    const slice = body.subarray(at, at + sliceBytes);
    await turn(slice.length, at);
    if (response.destroyed) return;
    if (!response.write(slice)) await drained(response);
    if (response.destroyed) return;
  }
  response.end();
}

export interface SiteOptions {
  /** Where readers have it; at the root of its host by default. */
  site?: SiteBase;
  turnOf?: SliceTurn;
  /** More headers. */
  more?: Record<string, string>;
}
const atRootOfHost = siteBase('/', () => false);

/** The built site; a missing path gets its 404 page, which is in both languages. */
export function siteHandler(
  directory: string,
  { site = atRootOfHost, turnOf = () => async () => {}, more = {} }: SiteOptions = {},
): Handler {
  const files = new SiteFiles(directory);
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<boolean> {
    const { method, headers, url = '/' } = request;
    const accepted = String(headers['accept-encoding'] ?? '');
    const base = site.of(request);
    const isFramed = site.isForwarded(request);
    const path = url.split('?', 1)[0]!;
    const whole = isFramed && programsFrame.test(path) ? await files.frame(path) : null;
    const found = whole ?? (await files.find(path, accepted, base));
    const file = found ?? (await files.find('/404.html', accepted, base));
    if (!file) return false;
    // The client closed while the file was read.
    if (response.destroyed) return true;
    const around = { isFramed, ownScript: whole?.source };
    const all = { ...file.headers, ...headersFor(file.path, headers.host, base, around), ...more };
    const known = headers['if-none-match']?.split(/,\s*/).includes(file.headers['ETag']!);
    if (found && known) response.writeHead(304, all).end();
    else if (method === 'HEAD') response.writeHead(found ? 200 : 404, all).end();
    else {
      response.writeHead(found ? 200 : 404, all);
      await send(response, file.body, turnOf(request));
    }
    return true;
  }
  return (request, response, next) => {
    if (!isRead(request)) return notAllowed(request, response, readMethods);
    serve(request, response).then(
      (served) => served || next(),
      (error: unknown) => {
        log.error('request-failed', error);
        if (response.headersSent) response.destroy();
        else fail(response, 'internal');
      },
    );
  };
}
