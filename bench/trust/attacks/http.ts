/** Attacks on pages and the API. */
import { connect, type Socket } from 'node:net';
import { ask, dial } from '../wire.ts';
import type { AttackTools } from '../attack-tools.ts';
import type { Attack } from './attack.ts';

const get = (path: string, more = ''): string =>
  `GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}\r\n`;

const open = async (tools: AttackTools, reads = true): Promise<Socket> =>
  tools.keep(await dial(tools.ports, 'http', tools.from), reads);

/** Each of `count` connections floods requests; a closed one is opened again. */
function pouring(tools: AttackTools, count: number, text: string, reads = true, each = 100): void {
  const chunk = Buffer.from(text.repeat(each));
  tools.forever(count, async () => {
    const socket = await open(tools, reads);
    tools.pour(socket, chunk, each);
    await new Promise((resolve) => socket.once('close', resolve));
  });
}

const closed = (socket: Socket): Promise<unknown> =>
  new Promise((resolve) => socket.once('close', resolve));

/** Each connection sends its next request when the response has arrived. */
function oneByOne(tools: AttackTools, count: number, text: string): void {
  tools.forever(count, async () => {
    const socket = await open(tools);
    socket.on('data', () => {
      tools.count('sent');
      socket.write(text);
    });
    socket.write(text);
    await closed(socket);
  });
}

export const httpAttacks: Attack[] = [
  {
    name: 'http-pipeline-unread',
    transport: 'HTTP',
    what: '300 connections pipeline GET of 4 MB and never read',
    run: async (tools) => pouring(tools, 300, get('/editor.js'), false, 300),
  },
  {
    name: 'http-pipeline',
    transport: 'HTTP',
    what: '60 connections pipeline pages and read',
    run: async (tools) => pouring(tools, 60, get('/')),
  },
  {
    name: 'http-cheapest',
    transport: 'HTTP',
    what: '200 connections ask what is not there, one by one',
    run: async (tools) => oneByOne(tools, 200, get('/api/nothing')),
  },
  {
    name: 'http-dearest',
    transport: 'HTTP',
    what: '100 connections read 4 MB, one after the other',
    run: async (tools) => oneByOne(tools, 100, get('/editor.js')),
  },
  {
    name: 'http-unread',
    transport: 'HTTP',
    what: '1,000 connections ask for 4 MB and never read',
    async run(tools) {
      tools.forever(1000, async () => {
        const socket = await open(tools, false);
        socket.write(get('/editor.js'));
        tools.count('sent');
        await closed(socket);
      });
    },
  },
  {
    name: 'http-aborts',
    transport: 'HTTP',
    what: '100 side by side give a download up at its first bytes',
    async run(tools) {
      tools.forever(100, async () => {
        const socket = await open(tools);
        socket.once('data', () => socket.destroy());
        socket.write(get('/editor.js'));
        tools.count('sent');
        await closed(socket);
      });
    },
  },
  {
    name: 'http-rooms',
    transport: 'HTTP',
    what: '100 connections of ten addresses ask for rooms',
    async run(tools) {
      const body = JSON.stringify({ exercise: 'first-message/publish' });
      tools.forever(100, async (n) => {
        await ask(tools.ports, tools.address(n % 10), '/api/rooms', body);
        tools.count('sent');
      });
    },
  },
  {
    name: 'http-bodies',
    transport: 'HTTP',
    what: '100 connections POST 4 KB that is no request',
    async run(tools) {
      const body = `{"exercise":${'['.repeat(4000)}`;
      const head = `POST /api/rooms HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: ${body.length}\r\n\r\n`;
      oneByOne(tools, 100, head + body);
    },
  },
  {
    name: 'http-headers',
    transport: 'HTTP',
    what: '100 connections send 8 KB of headers, one by one',
    run: async (tools) => oneByOne(tools, 100, get('/', 'A: b\r\n'.repeat(1200))),
  },
  {
    name: 'http-slow',
    transport: 'HTTP',
    what: '1,400 connections send a header line a second',
    async run(tools) {
      const sockets = new Set<Socket>();
      tools.forever(1400, async () => {
        const socket = await open(tools);
        sockets.add(socket);
        socket.write('GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n');
        await closed(socket);
        sockets.delete(socket);
      });
      tools.every(1000, () => {
        for (const socket of sockets) socket.write('X: y\r\n');
        tools.count('sent', sockets.size);
      });
    },
  },
  {
    name: 'http-silent',
    transport: 'HTTP',
    what: '3,000 connections of two addresses say nothing',
    async run(tools) {
      tools.forever(3000, async (n) => {
        const at = { port: tools.ports.web, host: '127.0.0.1' };
        const socket = tools.keep(connect({ ...at, localAddress: tools.address(n % 2) }));
        socket.once('connect', () => tools.count('sent'));
        await closed(socket);
      });
    },
  },
];
