/** A round of `bench/class.ts`: learners at one broker, from their joining to the end. */
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { parseClassMessage } from '../../sandbox/protocol/classroom.ts';
import { mosquitto } from '../sandbox/servers.ts';
import { child, end, firstMessage, residentBytes, type Child } from '../trust/process.ts';
import { ask } from '../trust/wire.ts';
import { cpuSeconds } from './cpu.ts';
import { epoch, type Assignment, type ClassPorts, type Group, type Measured } from './messages.ts';
import { slowDown } from './slowed.ts';

/** Two messages a second. */
const pauseMs = 500;
const MOST_OF_CLASS = 200;
/** Processes of learners: one would be busy before the server is. */
const PROCESSES = 2;

/** What the devices and the system saw. */
export interface BrokerRound {
  measured: Measured[];
  /** Seconds of a core, while they work. */
  cpu: number;
  /** Bytes: before anybody came, and at the end. */
  before: number;
  after: number;
  upMs: number;
}

/** Learners at one broker, from their joining to the end. */
async function play(
  assignment: Omit<Assignment, 'groups' | 'pauseMs'>,
  groups: Group[],
  seconds: number,
  usage: () => { cpu: number; bytes: number },
): Promise<BrokerRound> {
  const before = usage().bytes;
  const began = epoch();
  // Each class is one process's: its learners come behind each other there.
  const parts = Array.from({ length: Math.min(PROCESSES, groups.length) }, (_, part) =>
    groups.filter((_group, n) => n % PROCESSES === part),
  );
  const children: Child[] = parts.map((part) =>
    child('../class/learners.ts', [JSON.stringify({ ...assignment, groups: part, pauseMs })], 0),
  );
  try {
    await Promise.all(children.map((one) => firstMessage(one)));
    const upMs = epoch() - began;
    const { cpu } = usage();
    const all = children.map(async ({ process }) => {
      process.send({ begin: { seconds } });
      return ((await once(process, 'message')) as [Measured])[0];
    });
    const measured = await Promise.all(all);
    const { cpu: spent, bytes } = usage();
    return { measured, cpu: spent - cpu, before, after: bytes, upMs };
  } finally {
    await Promise.all(children.map(end));
  }
}

export interface ClassRound extends BrokerRound {
  /** Deed → the teacher's page, in milliseconds. */
  teacher: number[];
}

/**
 * Classes of at most 200 at a fresh course.
 * @param slowed how many times slower than one core
 */
export async function course(size: number, seconds: number, slowed?: number): Promise<ClassRound> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-bench-class-'));
  const server = child('../class/server.ts', [folder], 0);
  let faster: (() => void) | string | undefined;
  try {
    const { secret, ...ports } = await firstMessage<ClassPorts>(server);
    if (slowed !== undefined) faster = slowDown(server.process.pid!, slowed);
    if (typeof faster === 'string') throw new Error(faster);
    const login = await ask(ports, '127.0.0.1', '/api/class/teacher', JSON.stringify({ secret }));
    const passed = new Map<string, number>();
    const groups: Group[] = [];
    for (let first = 0; first < size; first += MOST_OF_CLASS) {
      const { text } = await ask(
        ports,
        '127.0.0.1',
        '/api/class/classes',
        '{"language":"en"}',
        login.cookie,
      );
      const { classes } = JSON.parse(text) as { classes: { id: string; code: string }[] };
      const known = new Set(groups.map(({ code }) => code));
      const made = classes.find(({ code }) => !known.has(code))!;
      watchClass(ports.web, made.id, login.cookie, passed);
      groups.push({
        code: made.code,
        address: `127.0.${10 + groups.length}.1`,
        ...{ first, size: Math.min(MOST_OF_CLASS, size - first) },
      });
    }
    const usage = () => ({ cpu: cpuSeconds(server.process.pid!), bytes: residentBytes(server) });
    const round = await play({ broker: 'course', ports }, groups, seconds, usage);
    const deeds = Object.assign({}, ...round.measured.map((one) => one.deeds)) as Measured['deeds'];
    const teacher = Object.entries(deeds).flatMap(([name, at]) => {
      const seen = passed.get(name);
      return seen === undefined ? [] : [seen - at];
    });
    return { ...round, teacher };
  } finally {
    await end(server);
    if (typeof faster === 'function') faster();
    await rm(folder, { recursive: true, force: true });
  }
}

/** The teacher's page: notes when it learns of each member's pass. */
function watchClass(port: number, id: string, cookie: string, passed: Map<string, number>): void {
  const names = new Map<string, string>();
  const socket = new WebSocket(`ws://127.0.0.1:${port}/class/${id}`, { headers: { cookie } });
  // Ends with the server.
  socket.on('error', () => {});
  socket.on('message', (data) => {
    const message = parseClassMessage(String(data));
    if (message?.type === 'class')
      for (const { id: member, name } of message.members) names.set(member, name);
    if (message?.type !== 'work') return;
    for (const { member, passed: at } of message.rows) {
      const name = names.get(member);
      if (at !== null && name !== undefined && !passed.has(name)) passed.set(name, epoch());
    }
  });
}

/** The same devices at Debian's mosquitto; null if it is not here. */
export async function reference(size: number, seconds: number): Promise<BrokerRound | null> {
  const server = await mosquitto();
  if (!server) return null;
  const { port } = server.target('tcp');
  const usage = await server.usage();
  let last = usage;
  const refresh = setInterval(() => void server.usage().then((now) => (last = now)), 200);
  try {
    const groups: Group[] = [];
    for (let first = 0; first < size; first += MOST_OF_CLASS)
      groups.push({ code: '', address: `127.0.${10 + groups.length}.1`, first, size: Math.min(MOST_OF_CLASS, size - first) }); // prettier-ignore
    const ports = { web: port, tcp: port, tls: port };
    return await play({ broker: 'mosquitto', ports }, groups, seconds, () => ({
      cpu: last.cpu / 1_000_000,
      bytes: last.rss,
    }));
  } finally {
    clearInterval(refresh);
    server.stop();
  }
}
