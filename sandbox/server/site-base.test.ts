import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { start, type RunningServer } from './main.ts';
import { atRoot, moved } from './moved-site.ts';
import { readBase } from './site-base.ts';

test.each([
  ['/learn/', '/learn/'],
  ['learn', '/learn/'],
  ['/', '/'],
  ['/api/hassio_ingress/Qx-3_z~.9', '/api/hassio_ingress/Qx-3_z~.9/'],
  ['/a/../b', undefined],
  ['/..', undefined],
  ['/.well-known/x', undefined],
  ['//other.example', undefined],
  ['/a//b', undefined],
  ['/a b', undefined],
  ['/a"onload="x', undefined],
  ["/a'-alert(1)-'", undefined],
  ['/a<script>', undefined],
  ['/a\\b', undefined],
  ['/a%2e%2e', undefined],
  ['/a;Secure', undefined],
  ['/a, /b', undefined],
  ['/a?x', undefined],
  ['/a#x', undefined],
  ['/課程', undefined],
  [`/${'a'.repeat(200)}`, `/${'a'.repeat(200)}/`],
  [`/${'a'.repeat(201)}`, undefined],
])('a base %j is %j', (text, base) => expect(readBase(text)).toBe(base));

describe('a site that was built for another path', () => {
  const of = (text: string) => atRoot(Buffer.from(text), '/built-for/');
  test('is as if it was built for the root, and can be moved below any path', () => {
    const text =
      '<a href="/built-for/en/">課</a><a href="/built-for/">/</a>"/built-for/assets/x.js"';
    const { bytes, places } = of(text);
    expect(String(bytes)).toBe('<a href="/en/">課</a><a href="/">/</a>"/assets/x.js"');
    const back = moved(bytes, places, '/built-for/');
    expect(String(back)).toBe(text);
    expect(String(moved(bytes, places, '/'))).toBe(String(bytes));
    expect(String(moved(bytes, places, '/x/'))).toBe(text.replaceAll('/built-for/', '/x/'));
  });
  test('is refused if it has the path in any other form', () => {
    for (const form of ['"/built-for"', '%2Fbuilt-for%2F', '\\/built-for\\/', 'built-for'])
      expect(() => of(`<a href="/built-for/en/"> ${form}`)).toThrow(/can't be moved/);
    expect(of('nothing').places).toEqual([]);
  });
});

describe('behind an ingress proxy', () => {
  const page = `<a href="/en/">${'x'.repeat(2000)}</a>`;
  let site: string;
  let running: RunningServer;
  beforeEach(() => {
    site = mkdtempSync(join(tmpdir(), 'retained-ingress-'));
    for (const folder of ['en', 'vendor/device-0123456789', '.teacher/en/answers'])
      mkdirSync(join(site, folder), { recursive: true });
    const put = (name: string, text: string) => writeFileSync(join(site, name), text);
    put('index.html', page);
    // Only their names say that the build has compressed the page.
    put('index.html.br', 'compressed for the root');
    put('index.html.gz', 'compressed for the root');
    put('.base.json', JSON.stringify({ 'index.html': [9] }));
    put('404.html', 'not here');
    put('vendor/device-0123456789/frame.html', '<script src="frame.js"></script>');
    put('vendor/device-0123456789/frame.js', 'run("</script>")');
    put('.teacher/en/answers/index.html', '<a href="/en/">answers</a>');
    put('.teacher/.base.json', JSON.stringify({ 'en/answers/index.html': [9] }));
  });
  afterEach(async () => {
    await running.stop();
    rmSync(site, { recursive: true });
  });
  const begin = async (ingress: string[], base = '/') => {
    running = await start({
      exercises: { get: async (name) => (name === 'a/b' ? { devices: [], scene: {}, checks: [] } : null) }, // prettier-ignore
      ...{ site, ingress, base, data: join(site, 'data') },
      ...{ host: '127.0.0.1', port: 0, mqttPort: 0, tlsPort: 0 },
    });
  };
  interface Answer { status: number; headers: IncomingHttpHeaders; body: Buffer } // prettier-ignore
  const ask = (path: string, headers: OutgoingHttpHeaders = {}, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const method = body === undefined ? 'GET' : 'POST';
      const to = { host: '127.0.0.1', port: running.port, path, method, headers, agent: false };
      request(to, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => resolve({ status: answer.statusCode!, headers: answer.headers, body: Buffer.concat(chunks) })); // prettier-ignore
      })
        .on('error', reject)
        .end(body);
    });
  const below = (path: string) => ({ 'x-ingress-path': path });

  test('a page is for the path that the request names; two at a time don’t mix', async () => {
    await begin(['127.0.0.1']);
    for (const base of ['/api/hassio_ingress/one', '/two', '/three', '/four', '/two']) {
      const expected = page.replace('/en/', `${base}/en/`);
      const plain = await ask('/', below(base));
      expect([plain.status, String(plain.body)]).toEqual([200, expected]);
      const br = await ask('/', { ...below(base), 'accept-encoding': 'br' });
      expect(br.headers['content-encoding']).toBe('br');
      expect(String(brotliDecompressSync(br.body))).toBe(expected);
      const gzip = await ask('/', { ...below(base), 'accept-encoding': 'gzip' });
      expect(String(gunzipSync(gzip.body))).toBe(expected);
      expect(new Set([plain, br, gzip].map(({ headers }) => headers.etag)).size).toBe(3);
    }
    const { body, headers } = await ask('/', { ...below('/two'), 'accept-encoding': 'br' });
    const again = await ask('/', { ...below('/two'), 'accept-encoding': 'br', 'if-none-match': headers.etag }); // prettier-ignore
    expect([again.status, again.body.length, body.length > 0]).toEqual([304, 0, true]);
  });

  test('a path that could not stand in a page is refused, and so is none', async () => {
    await begin(['127.0.0.1']);
    for (const path of [
      '/a"><script>alert(1)</script>',
      "/'",
      '//evil.example/',
      'no-slash',
      '/a/../b',
      '',
    ]) {
      const { status, body } = await ask('/', below(path));
      expect([path, status, String(body).includes(path || '<a')]).toEqual([path, 400, false]);
    }
    expect((await ask('/', { 'x-ingress-path': ['/one', '/two'] })).status).toBe(400);
    expect((await ask('/')).status).toBe(400);
    // The container's health is asked for by the machine itself.
    expect((await ask('/healthz')).status).toBe(200);
  });

  test('whoever is not the proxy can’t name one', async () => {
    await begin(['192.0.2.1'], '/learn/');
    expect((await ask('/', below('/one'))).headers.location).toBe('/learn/');
    const { body } = await ask('/learn/', below('/one'));
    expect(String(body)).toBe(page.replace('/en/', '/learn/en/'));
    const frame = await ask('/learn/vendor/device-0123456789/frame.html', below('/one'));
    expect(String(frame.body)).toBe('<script src="frame.js"></script>');
    expect((await ask('/learn/', below('/one'))).headers['content-security-policy']).toContain("frame-ancestors 'none'"); // prettier-ignore
  });

  test('pages stand in the proxy’s own page, and the programs’ frame holds its script', async () => {
    await begin(['127.0.0.1']);
    const { headers } = await ask('/', below('/one'));
    expect(headers['content-security-policy']).toContain("frame-ancestors 'self'");
    const frame = await ask('/vendor/device-0123456789/frame.html', below('/one'));
    expect(String(frame.body)).toBe(String.raw`<script>run("<\/script>")</script>`);
    // What `openssl dgst -sha256 -binary | base64` says of the text between the tags.
    expect(frame.headers['content-security-policy']).toContain(
      "sandbox allow-scripts; default-src 'none'; script-src 'sha256-+NHCQjOqElKY+uOmYFwag+2VXdFJOEZ+apEAnpKdOG0=' data:;",
    );
  });

  test('cookies, short addresses, answers and WebSockets are below the same path', async () => {
    await begin(['127.0.0.1']);
    const secret = JSON.stringify({ secret: running.teacherSecret });
    const json = { 'content-type': 'application/json' };
    const entered = await ask('/api/class/teacher', { ...below('/one'), ...json }, secret);
    expect(JSON.parse(String(entered.body))).toEqual({
      ...{ classes: [], browsers: 1 },
      direct: { port: running.port, secure: false, base: '/' },
    });
    const cookie = entered.headers['set-cookie']![0]!;
    expect(cookie).toContain('; Path=/one/;');
    expect((await ask('/join/ABC', below('/one'))).headers.location).toBe('/one/en/join/#ABC');
    expect((await ask('/en/answers/', below('/one'))).headers.location).toBe('/one/en/class/');
    const answers = await ask('/en/answers/', { ...below('/one'), cookie: cookie.split(';')[0] });
    expect(String(answers.body)).toBe('<a href="/one/en/">answers</a>');
    // A host name of the proxy's own, which the course does not know.
    const host = 'house.example.org';
    const from = { ...below('/one'), host, origin: `https://${host}` };
    const made = await ask('/api/rooms', { ...from, ...json }, '{"exercise":"a/b"}');
    const { address, watchKey } = JSON.parse(String(made.body)) as Record<string, string>;
    const evil = { ...from, origin: 'https://evil.example' };
    const foreign = await ask('/api/rooms', { ...evil, ...json }, '{"exercise":"a/b"}');
    expect(JSON.parse(String(foreign.body))).toMatchObject({ error: 'other-origin' });
    const opens = async (headers: OutgoingHttpHeaders) => {
      const url = `ws://127.0.0.1:${running.port}/watch/${address}?key=${watchKey}`;
      const socket = new WebSocket(url, { headers: headers as Record<string, string> });
      const opened = await Promise.race([
        once(socket, 'open').then(() => 'open'),
        once(socket, 'error').then(([error]) => (error as Error).message),
      ]).catch((error: Error) => error.message);
      socket.on('error', () => {}).terminate();
      return opened;
    };
    expect(await opens(from)).toBe('open');
    expect(await opens({ ...from, ...below('/"') })).toContain('400');
    expect(await opens(evil)).toContain('403');
  });
});
