/**
 * `npm run bench:class [-- --sizes 50,200,1000] [--seconds 30]`: classes at work through one process. Each
 * learner is a member, has a page that watches a room, and two devices there: one sends two messages a second
 * to the other, and once does what the exercise asks. The teacher's page of each class is open. Beside it the
 * same devices on Debian's mosquitto, without rooms, pages and checks.
 *
 * All of it runs on this machine: the learners' processes take their share of the cores. Times of delivery
 * are therefore an upper bound, and the columns of one run are to be compared.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import { parseClassMessage } from '../sandbox/protocol/classroom.ts';
import { mosquitto } from './sandbox/servers.ts';
import { timesOf } from './trust/messages.ts';
import { child, end, firstMessage, residentBytes, type Child } from './trust/process.ts';
import { ask } from './trust/wire.ts';
import { cpuSeconds } from './class/cpu.ts';
import {
  epoch,
  type Assignment,
  type ClassPorts,
  type Group,
  type Measured,
} from './class/messages.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '50,200,1000' },
    seconds: { type: 'string', default: '30' },
  },
});
const sizes = values.sizes.split(',').map(Number);
const seconds = Number(values.seconds);
/** Two messages a second. */
const pauseMs = 500;
const MOST_OF_CLASS = 200;
/** Processes of learners: one would be busy before the server is. */
const PROCESSES = 2;
const MB = 1_048_576;

const row = (...cells: string[]): void => console.log(`| ${cells.join(' | ')} |`);
const ms = (value: number): string => (value < 100 ? value.toFixed(1) : value.toFixed(0));

interface Round {
  measured: Measured[];
  /** Deed → the teacher's page, in milliseconds. */
  teacher: number[];
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
  usage: () => { cpu: number; bytes: number },
): Promise<Omit<Round, 'teacher'>> {
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

async function course(size: number): Promise<Round> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-bench-class-'));
  const server = child('../class/server.ts', [folder], 0);
  try {
    const { secret, ...ports } = await firstMessage<ClassPorts>(server);
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
    const round = await play({ broker: 'course', ports }, groups, usage);
    const deeds = Object.assign({}, ...round.measured.map((one) => one.deeds)) as Measured['deeds'];
    const teacher = Object.entries(deeds).flatMap(([name, at]) => {
      const seen = passed.get(name);
      return seen === undefined ? [] : [seen - at];
    });
    return { ...round, teacher };
  } finally {
    await end(server);
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

async function reference(size: number): Promise<Omit<Round, 'teacher'> | null> {
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
    return await play({ broker: 'mosquitto', ports }, groups, () => ({
      cpu: last.cpu / 1_000_000,
      bytes: last.rss,
    }));
  } finally {
    clearInterval(refresh);
    server.stop();
  }
}

function report(
  name: string,
  size: number,
  round: Omit<Round, 'teacher'>,
  teacher?: number[],
): void {
  const deliveries = timesOf(round.measured.flatMap((one) => one.deliveries));
  const greens = timesOf(round.measured.flatMap((one) => one.greens));
  const sent = round.measured.reduce((sum, one) => sum + one.sent, 0);
  const seen = teacher && timesOf(teacher);
  const failures = round.measured.flatMap((one) => Object.entries(one.failed));
  row(
    ...[
      name,
      String(size),
      `${deliveries.count} of ${sent}`,
      ms(deliveries.p50),
      ms(deliveries.p99),
    ],
    ...(seen
      ? [
          `${greens.count}`,
          ms(greens.p50),
          ms(greens.p99),
          `${seen.count}`,
          ms(seen.p50),
          ms(seen.p99),
        ]
      : ['', '', '', '', '', '']),
    ((round.after - round.before) / size / 1024).toFixed(0),
    ((round.cpu / seconds / size) * 1000).toFixed(2),
    `${((round.cpu / seconds) * 100).toFixed(0)} %`,
    `${(round.after / MB).toFixed(0)}`,
    (round.upMs / 1000).toFixed(0),
    failures.map(([why, count]) => `${count} × ${why}`).join('; ') || 'none',
  );
}

console.log(
  `${cpus().length} × ${cpus()[0]?.model ?? '?'}, Node ${process.version}, ${seconds} s each\n`,
);
const head = [
  ...[
    'broker',
    'learners',
    'delivered',
    'delivery p50 (ms)',
    'p99',
    'green on the page',
    'p50',
    'p99',
  ],
  ...[
    'on the teacher’s',
    'p50',
    'p99',
    'KB a learner',
    'ms of a core a second, a learner',
    'of a core',
  ],
  ...['MB', 'all there after (s)', 'failures'],
];
row(...head);
row(...head.map((_, n) => (n === 0 ? '---' : '---:')));
for (const size of sizes) {
  const { teacher, ...round } = await course(size);
  report('the course', size, round, teacher);
  const beside = await reference(size);
  if (beside) report('mosquitto', size, beside);
}
process.exit(0);
