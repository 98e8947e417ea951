/**
 * `npm run bench:sandbox`: what a message costs the server, side by side: Debian's mosquitto as the
 * reference, plain aedes as the base, the sandbox with and without a viewer. All in one run, round
 * by round in turn, so that whatever else the machine does strikes all alike: compare ratios.
 * `-- --only flood,trips,rooms,memory,thousand` runs some of it.
 */
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { median } from './median.ts';
import {
  flood,
  paced,
  roundTrips,
  type Load,
  type PacedRound,
  type Variant,
} from './sandbox/loads.ts';
import { Client } from './sandbox/client.ts';
import { mosquitto, nodeServer } from './sandbox/servers.ts';

const ROUNDS = 9;
const { values } = parseArgs({ options: { only: { type: 'string' } } });
const parts = values.only?.split(',') ?? ['trips', 'flood', 'rooms', 'memory', 'thousand'];
const started = performance.now();

const print = (text = ''): void => console.log(text);
const row = (...cells: string[]): void => print(`| ${cells.join(' | ')} |`);
function head(...cells: string[]): void {
  row(...cells);
  row(...cells.map((_, i) => (i === 0 ? '---' : '---:')));
}
const at = (sorted: number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
const milliseconds = (value: number): string => value.toFixed(2);
const MB = 1_048_576;

// ── The servers ──

const reference = await mosquitto();
const base = await nodeServer('aedes', 1);
const sandbox = await nodeServer('sandbox', 4);
const variants: (Variant & { room: number })[] = [
  ...(reference
    ? [
        {
          name: 'mosquitto, TCP',
          server: reference,
          transport: 'tcp' as const,
          watched: false,
          room: 0,
        },
      ]
    : []),
  { name: 'aedes, TCP', server: base, transport: 'tcp', watched: false, room: 0 },
  { name: 'aedes, WebSocket', server: base, transport: 'web', watched: false, room: 0 },
  { name: 'sandbox, TCP', server: sandbox, transport: 'tcp', watched: false, room: 0 },
  { name: 'sandbox, WebSocket', server: sandbox, transport: 'web', watched: false, room: 1 },
  { name: 'sandbox, TCP, watched', server: sandbox, transport: 'tcp', watched: true, room: 2 },
  {
    name: 'sandbox, WebSocket, watched',
    server: sandbox,
    transport: 'web',
    watched: true,
    room: 3,
  },
];

print(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model.trim()}; medians of ${ROUNDS} rounds.`,
);

// ── Round trips ──

if (parts.includes('trips')) {
  const loads = await Promise.all(variants.map((variant) => roundTrips(variant, variant.room)));
  const times = variants.map((): number[] => []);
  for (const load of loads) await load.round(200);
  for (let round = 0; round < ROUNDS; round++)
    for (const [i, load] of loads.entries()) times[i]!.push(...(await load.round(200)));
  print('\n### Round trip, QoS 0, one client, milliseconds\n');
  head('', 'p50', 'p99');
  for (const [i, { name }] of variants.entries()) {
    const sorted = times[i]!.sort((a, b) => a - b);
    row(name, milliseconds(at(sorted, 0.5)), milliseconds(at(sorted, 0.99)));
  }
  for (const load of loads) load.close();
}

// ── As fast as it goes ──

if (parts.includes('flood')) {
  const kinds = [
    { title: 'QoS 0', qos: 0 as const, listeners: 1, count: 8000 },
    { title: 'QoS 1', qos: 1 as const, listeners: 1, count: 6000 },
    { title: 'QoS 2', qos: 2 as const, listeners: 1, count: 3000 },
    { title: 'one to 100', qos: 0 as const, listeners: 100, count: 160 },
  ];
  /** By kind, by variant, by round. */
  const all: number[][][] = [];
  for (const kind of kinds) {
    const loads: Load[] = [];
    for (const variant of variants)
      loads.push(await flood(variant, { ...kind, room: variant.room }));
    const costs = variants.map((): number[] => []);
    for (let round = -2; round < ROUNDS; round++)
      for (const [i, load] of loads.entries()) {
        const cost = await load.round();
        if (round >= 0) costs[i]!.push(cost);
      }
    all.push(costs);
    for (const load of loads) load.close();
  }
  const costs = (name: string, kind: number): number[] =>
    all[kind]![variants.findIndex((variant) => variant.name === name)]!;
  print('\n### CPU of the server a delivered message, microseconds\n');
  head('', ...kinds.map(({ title }) => title));
  for (const [i, { name }] of variants.entries())
    row(name, ...all.map((column) => median(column[i]!).toFixed(1)));
  print('\n### Ratios\n');
  head('', ...kinds.map(({ title }) => title), 'aim');
  // Round by round, for the two were measured one behind the other: then the median.
  const ratioOf = (a: number[], b: number[]): number => median(a.map((cost, i) => cost / b[i]!));
  const ratio = (title: string, a: string, b: string, aim: string): void =>
    row(title, ...kinds.map((_, kind) => ratioOf(costs(a, kind), costs(b, kind)).toFixed(2)), aim);
  ratio('unwatched to aedes, TCP', 'sandbox, TCP', 'aedes, TCP', '≤ 1.25');
  ratio('unwatched to aedes, WebSocket', 'sandbox, WebSocket', 'aedes, WebSocket', '≤ 1.25');
  ratio('watched to aedes, TCP', 'sandbox, TCP, watched', 'aedes, TCP', '≤ 1.5');
  ratio('watched to aedes, WebSocket', 'sandbox, WebSocket, watched', 'aedes, WebSocket', '≤ 1.5');
  ratio('WebSocket to TCP, sandbox', 'sandbox, WebSocket', 'sandbox, TCP', '≤ 1.2');
}

// ── 200 rooms ──

if (parts.includes('rooms')) {
  const many = { rooms: 200, perSecond: 10, qos: 1 as const, both: false };
  const servers = [await nodeServer('aedes', 200), await nodeServer('sandbox', 200), await nodeServer('sandbox', 200)]; // prettier-ignore
  const columns: Variant[] = [
    ...variants.filter(({ name }) => name === 'mosquitto, TCP'),
    { name: '200 × aedes', server: servers[0]!, transport: 'tcp', watched: false },
    { name: 'sandbox', server: servers[1]!, transport: 'tcp', watched: false },
    { name: 'sandbox, watched', server: servers[2]!, transport: 'tcp', watched: true },
  ];
  const loads = [];
  for (const column of columns) loads.push(await paced(column, many));
  for (const load of loads) await load.warmUp();
  const rounds = columns.map((): PacedRound[] => []);
  for (let round = -1; round < 7; round++)
    for (const [i, load] of loads.entries()) {
      const result = await load.round(0.7);
      if (round >= 0) rounds[i]!.push(result);
    }
  print(
    '\n### 200 rooms, one publisher and one subscriber each, 10 messages a second, QoS 1, TCP\n',
  );
  head('', 'CPU a message, µs', 'to aedes', 'of one core', 'p50, ms', 'p99, ms');
  const plain = rounds[columns.findIndex(({ name }) => name === '200 × aedes')]!;
  for (const [i, { name }] of columns.entries()) {
    const results = rounds[i]!;
    const ratio = median(results.map(({ cpu }, round) => cpu / plain[round]!.cpu));
    const delays = results.flatMap((result) => result.delays).sort((a, b) => a - b);
    const core = median(results.map((result) => result.core));
    row(name, median(results.map(({ cpu }) => cpu)).toFixed(1), ratio.toFixed(2), `${(core * 100).toFixed(1)}%`, milliseconds(at(delays, 0.5)), milliseconds(at(delays, 0.99))); // prettier-ignore
  }
  for (const load of loads) load.close();
  for (const server of servers) server.stop();
}

// ── What stands idle ──

if (parts.includes('memory')) {
  const server = await nodeServer('sandbox', 0);
  const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
  const cpuOf = async (seconds: number): Promise<number> => {
    const before = await server.usage();
    await wait(seconds * 1000);
    return ((await server.usage()).cpu - before.cpu) / seconds;
  };
  const empty = await server.usage(true);
  const idle = await cpuOf(2);
  await server.rooms(1000);
  const withRooms = await server.usage(true);
  const roomCpu = (await cpuOf(3)) - idle;
  const lines: Client[] = [];
  for (let i = 0; i < 1000; i += 20)
    lines.push(...(await Promise.all(Array.from({ length: 20 }, (_, k) => Client.open(server.target('web', i + k)))))); // prettier-ignore
  const withLines = await server.usage(true);
  const lineCpu = (await cpuOf(3)) - idle - roomCpu;
  for (const line of lines) line.close();
  const busyServer = await nodeServer('sandbox', 50);
  const before = await busyServer.usage(true);
  const busyLoad = await paced(
    { name: '', server: busyServer, transport: 'web', watched: false },
    { rooms: 50, perSecond: 50, qos: 1, both: false },
  );
  const { core } = await busyLoad.round(5);
  const busy = await busyServer.usage(true);
  busyLoad.close();
  const kb = (a: number, b: number, count: number): string =>
    `${((b - a) / count / 1024).toFixed(1)} KB`;
  print('\n### What one of them takes\n');
  head('', 'heap', 'RSS', 'CPU');
  row('idle room (of 1,000)', kb(empty.heap, withRooms.heap, 1000), kb(empty.rss, withRooms.rss, 1000), `${(roomCpu / 1000).toFixed(1)} µs/s`); // prettier-ignore
  row('idle WebSocket line (of 1,000)', kb(withRooms.heap, withLines.heap, 1000), kb(withRooms.rss, withLines.rss, 1000), `${(lineCpu / 1000).toFixed(1)} µs/s`); // prettier-ignore
  row('busy room (of 50; two WebSocket lines, 50 messages/s at QoS 1, trace full)', kb(before.heap, busy.heap, 50), kb(before.rss, busy.rss, 50), `${((core * 1e6) / 50).toFixed(0)} µs/s`); // prettier-ignore
  server.stop();
  busyServer.stop();
}

// ── A thousand rooms ──

if (parts.includes('thousand')) {
  print(
    '\n### 1,000 rooms, two WebSocket clients each, each two messages a second at QoS 1, all watched\n',
  );
  head(
    '',
    'p50, ms',
    'p99, ms',
    'slowest, ms',
    'of one core',
    'waited for one, server and load',
    'RSS',
    'aim',
  );
  for (const [name, kind] of [
    ['no checks', 'sandbox'],
    ["with a lesson's checks", 'checked'],
  ] as const) {
    const server = await nodeServer(kind, 1000);
    const variant: Variant = { name, server, transport: 'web', watched: true };
    const load = await paced(variant, { rooms: 1000, perSecond: 2, qos: 1, both: true });
    await load.warmUp();
    const { delays, core, waited } = await load.round(10);
    const { rss } = await server.usage();
    row(name, milliseconds(at(delays, 0.5)), milliseconds(at(delays, 0.99)), milliseconds(delays.at(-1)!), `${(core * 100).toFixed(0)}%`, waited.map((share) => `${(share * 100).toFixed(0)}%`).join(', '), `${(rss / MB).toFixed(0)} MB`, 'p99 < 100'); // prettier-ignore
    load.close();
    server.stop();
  }
}

for (const server of [reference, base, sandbox]) server?.stop();
print(`\n${((performance.now() - started) / 1000).toFixed(0)} seconds in all.`);
process.exit();
