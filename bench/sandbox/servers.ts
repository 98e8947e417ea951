/** Starts the servers that are compared, and reads their use of CPU and memory. */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../sandbox/testing/differential/free-ports.ts';
import type { Target } from './client.ts';
import { waitedOf } from './waited.ts';
import type { Ask, Ready, Usage } from './server.ts';

export interface Server {
  /** The endpoint of clients of room `n`. */
  target(transport: 'tcp' | 'web', n?: number): Target;
  /** Path of room `n`'s watch stream; null if there is none. */
  watch(n?: number): Target | null;
  usage(collect?: boolean): Promise<Usage>;
  rooms(count: number): Promise<unknown>;
  stop(): void;
}

/** `checked`: the sandbox with an exercise's checks in every room. */
export async function nodeServer(
  kind: 'sandbox' | 'checked' | 'aedes',
  rooms: number,
): Promise<Server> {
  const script = new URL('./server.ts', import.meta.url);
  const execArgv = ['--expose-gc', ...(process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [])];
  const child = fork(script, [kind, String(rooms)], { execArgv });
  const [ready] = (await once(child, 'message')) as [Ready];
  const ask = async <T>(message: Ask): Promise<T> => {
    child.send(message);
    return ((await once(child, 'message')) as [T])[0];
  };
  return {
    target(transport, n = 0) {
      const room = ready.rooms[n];
      if (room === undefined)
        return transport === 'web'
          ? { port: ready.web, path: '/' }
          : { port: ready.tcp[n] ?? ready.tcp[0]! };
      return transport === 'web'
        ? { port: ready.web, path: `/mqtt/${room.address}` }
        : { port: ready.tcp[0]!, userName: room.address };
    },
    watch(n = 0) {
      const room = ready.rooms[n];
      return room ? { port: ready.web, path: `/watch/${room.address}?key=${room.watchKey}` } : null;
    },
    usage: (collect = false) => ask<Usage>({ ask: 'usage', collect }),
    async rooms(count) {
      ready.rooms.push(...(await ask<Ready['rooms']>({ ask: 'rooms', count })));
    },
    stop: () => void child.kill(),
  };
}

/** Null if this machine has no mosquitto. */
export async function mosquitto(): Promise<Server | null> {
  const folder = mkdtempSync(join(tmpdir(), 'retained-bench-'));
  const port = await freePort();
  const file = join(folder, 'mosquitto.conf');
  // In flight without a bound: 2.0.11 delivers only some of many pipelined QoS 2 messages otherwise.
  writeFileSync(
    file,
    `listener ${port} 127.0.0.1\nallow_anonymous true\nmax_inflight_messages 0\nmax_queued_messages 0\nset_tcp_nodelay true\n`,
  );
  const child = spawn('mosquitto', ['-c', file], { stdio: 'ignore' });
  const failed = await Promise.race([
    once(child, 'error').then(() => true),
    once(child, 'exit').then(() => true),
    answers(port).then(() => false),
  ]);
  if (failed) return null;
  return {
    target: () => ({ port }),
    watch: () => null,
    usage: async () => processUsage(child),
    rooms: async () => [],
    stop() {
      child.kill();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Nanoseconds on the CPU, as the scheduler counts them: mosquitto has one thread. */
function processUsage({ pid }: ChildProcess): Usage {
  const [ran] = readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ');
  const [, resident] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
  return { cpu: Number(ran) / 1000, rss: Number(resident) * 4096, heap: 0, waited: waitedOf(pid!) };
}

async function answers(port: number): Promise<void> {
  for (;;) {
    const socket = connect(port, '127.0.0.1');
    const up = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'close').then(() => false),
    ]).catch(() => false);
    socket.destroy();
    if (up) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
