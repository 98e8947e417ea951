/** Attacks on pages and the API. */
import { connect, type Socket } from 'node:net';
import { ask, dial } from '../wire.ts';
import type { Ground } from '../ground.ts';
import type { Attack } from './attack.ts';

const get = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;

const open = async (ground: Ground, reads = true): Promise<Socket> =>
  ground.keep(await dial(ground.ports, 'http', ground.from), reads);

/** So many connections pour requests; who is closed comes again. */
function pouring(ground: Ground, count: number, text: string, reads = true, each = 100): void {
  const chunk = Buffer.from(text.repeat(each));
  ground.forever(count, async () => {
    const socket = await open(ground, reads);
    ground.pour(socket, chunk, each);
    await new Promise((resolve) => socket.once('close', resolve));
  });
}

const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));

/** One request after the other on each of so many connections. */
function oneByOne(ground: Ground, count: number, text: string): void {
  ground.forever(count, async () => {
    const socket = await open(ground);
    socket.on('data', () => {
      ground.count('sent');
      socket.write(text);
    });
    socket.write(text);
    await closed(socket);
  });
}

export const httpAttacks: Attack[] = [
  {
    name: 'http-pipeline-unread',
    entrance: 'HTTP',
    what: '300 connections pipeline GET of 4 MB and never read',
    run: async (ground) => pouring(ground, 300, get('/editor.js'), false, 300),
  },
  {
    name: 'http-pipeline',
    entrance: 'HTTP',
    what: '60 connections pipeline pages and read',
    run: async (ground) => pouring(ground, 60, get('/')),
  },
  {
    name: 'http-cheapest',
    entrance: 'HTTP',
    what: '200 connections ask what is not there, one by one',
    run: async (ground) => oneByOne(ground, 200, get('/api/nothing')),
  },
  {
    name: 'http-dearest',
    entrance: 'HTTP',
    what: '100 connections read 4 MB, one after the other',
    run: async (ground) => oneByOne(ground, 100, get('/editor.js')),
  },
  {
    name: 'http-unread',
    entrance: 'HTTP',
    what: '1,000 connections ask for 4 MB and never read',
    async run(ground) {
      ground.forever(1000, async () => {
        const socket = await open(ground, false);
        socket.write(get('/editor.js'));
        ground.count('sent');
        await closed(socket);
      });
    },
  },
  {
    name: 'http-aborts',
    entrance: 'HTTP',
    what: '100 side by side give a download up at its first bytes',
    async run(ground) {
      ground.forever(100, async () => {
        const socket = await open(ground);
        socket.once('data', () => socket.destroy());
        socket.write(get('/editor.js'));
        ground.count('sent');
        await closed(socket);
      });
    },
  },
  {
    name: 'http-rooms',
    entrance: 'HTTP',
    what: '100 connections of ten addresses ask for rooms',
    async run(ground) {
      const body = JSON.stringify({ exercise: 'first-message/publish' });
      ground.forever(100, async (n) => {
        await ask(ground.ports, ground.address(n % 10), '/api/rooms', body);
        ground.count('sent');
      });
    },
  },
  {
    name: 'http-bodies',
    entrance: 'HTTP',
    what: '100 connections POST 4 KB that is no request',
    async run(ground) {
      const body = `{"exercise":${'['.repeat(4000)}`;
      const head = `POST /api/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n`;
      oneByOne(ground, 100, head + body);
    },
  },
  {
    name: 'http-headers',
    entrance: 'HTTP',
    what: '100 connections send 8 KB of headers, one by one',
    run: async (ground) => oneByOne(ground, 100, get('/', 'A: b\r\n'.repeat(1200))),
  },
  {
    name: 'http-slow',
    entrance: 'HTTP',
    what: '1,400 connections send a header line a second',
    async run(ground) {
      const sockets = new Set<Socket>();
      ground.forever(1400, async () => {
        const socket = await open(ground);
        sockets.add(socket);
        socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
        await closed(socket);
        sockets.delete(socket);
      });
      ground.every(1000, () => {
        for (const socket of sockets) socket.write('X: y\r\n');
        ground.count('sent', sockets.size);
      });
    },
  },
  {
    name: 'http-silent',
    entrance: 'HTTP',
    what: '3,000 connections of two addresses say nothing',
    async run(ground) {
      ground.forever(3000, async (n) => {
        const at = { port: ground.ports.web, host: '127.0.0.1' };
        const socket = ground.keep(connect({ ...at, localAddress: ground.address(n % 2) }));
        socket.once('connect', () => ground.count('sent'));
        await closed(socket);
      });
    },
  },
];
