/** One row: a fresh server, well-behaved clients, the attack, and their measurements. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Attack } from './attacks/attack.ts';
import type { Done, Ports, Seen, Times } from './messages.ts';
import { child, end, firstMessage, residentBytes, seenBy, type Child } from './process.ts';

/** Source addresses: each well-behaved client has one; an attack has the ones from its own on. */
const canaryAddress = '127.0.1.1';
const attackAddress = '127.0.2.1';
const classes = [
  { address: '127.0.3.1', size: 200 },
  { address: '127.0.4.1', size: 60 },
];

export interface RowOptions {
  /** Seconds of attack after the whole attack is running. */
  seconds: number;
  /** Two classes work at the same time, and the attack comes from the address of the first. */
  inClass?: boolean;
  /** For counts only: no pause is longer than needed, and no process has a higher priority. */
  brief?: boolean;
  /** Ends all processes of the row at once. */
  signal?: AbortSignal;
}

export interface RowResult {
  name: string;
  transport: string;
  what: string;
  /** Counts of what the attack did, by kind. */
  done: Record<string, number>;
  /** The canary: its messages, and its other actions. */
  message: Times;
  others: Record<string, Times>;
  /** Round trips of the control, in the same seconds. */
  control: Times;
  refused: Record<string, number>;
  /** Of a class: by how much its slowest action of a kind was slower than before the attack. */
  classSlowerMs: number | null;
  /** The most memory, minus that before the attack. */
  megabytes: number;
  /** Null while the process is alive. */
  died: string | null;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const none: Times = { count: 0, p50: 0, p99: 0, worst: 0 };
/** The longest time until an attack is running. A server may slow it down. */
const setUpMs = 12_000;

export async function runRow(attack: Attack, options: RowOptions): Promise<RowResult> {
  const folder = await mkdtemp(join(tmpdir(), 'retained-trust-'));
  const children: Child[] = [];
  const begin = (file: string, args: string[], niceness = -15): Child => {
    const made = child(file, args, options.brief ? 0 : niceness);
    children.push(made);
    options.signal?.addEventListener('abort', () => made.process.kill('SIGKILL'));
    return made;
  };
  try {
    return await attacked(attack, options, folder, begin);
  } finally {
    await Promise.all(children.map(end));
    await rm(folder, { recursive: true, force: true });
  }
}

async function attacked(
  attack: Attack,
  { seconds, inClass = false, brief = false }: RowOptions,
  folder: string,
  begin: (file: string, args: string[], niceness?: number) => Child,
): Promise<RowResult> {
  const server = begin('./server.ts', [folder]);
  const ports = JSON.stringify(await firstMessage<Ports>(server));
  const control = String(await firstMessage<number>(begin('./echo.ts', [])));
  const canary = begin('./canary.ts', [canaryAddress, control, ports]);
  await firstMessage(canary);
  const crowds = inClass
    ? classes.map(({ address, size }) => begin('./class.ts', [address, String(size), ports]))
    : [];
  await Promise.all(crowds.map(firstMessage));

  await wait(inClass ? seconds * 1000 : brief ? 200 : 1000);
  await seenBy(canary);
  const calm = await Promise.all(crowds.map(seenBy));
  const calmBytes = residentBytes(server);
  let mostBytes = calmBytes;
  const watching = setInterval(() => {
    mostBytes = Math.max(mostBytes, residentBytes(server));
  }, 50);

  let done: Done = { ready: false, counts: {} };
  const from = inClass ? classes[0]!.address : attackAddress;
  const attacker = begin('./attacker.ts', [attack.name, from, ports], -10);
  attacker.process.on('message', (message: Done) => (done = message));
  const until = performance.now() + setUpMs;
  const isUnderWay = (): boolean => done.ready && done.counts['sent'] !== undefined;
  while (!isUnderWay() && performance.now() < until && attacker.ended() === null) await wait(50);
  await wait(seconds * 1000);
  const attackerWords = attacker.ended() === null ? '' : attacker.words();
  await end(attacker);
  if (attackerWords) throw new Error(`the attack ${attack.name} ended by itself: ${attackerWords}`);
  // Work that the server still does after the attack counts, too.
  await wait(brief ? 300 : 2000);
  clearInterval(watching);
  const seen = await seenBy(canary);
  const then = await Promise.all(crowds.map(seenBy));
  const { message = none, control: ofControl = none, ...others } = seen.times;
  return {
    name: attack.name,
    transport: attack.transport,
    what: attack.what,
    done: done.counts,
    message,
    others,
    control: ofControl,
    refused: Object.assign({}, seen.refused, ...then.map(({ refused }) => refused)),
    classSlowerMs: inClass ? slower(calm, then) : null,
    megabytes: (mostBytes - calmBytes) / 1_048_576,
    died: server.ended() && `${server.ended()} ${server.words().slice(-200)}`,
  };
}

/** Milliseconds by which the slowest action of any kind is slower than the slowest before the attack. */
function slower(calm: readonly Seen[], then: readonly Seen[]): number {
  const differences = then.flatMap(({ times }, i) =>
    Object.entries(times).map(([kind, { worst }]) => worst - (calm[i]!.times[kind]?.worst ?? 0)),
  );
  return Math.max(0, ...differences);
}
