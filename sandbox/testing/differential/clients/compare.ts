/** What a command line did, as lines of text that two runs of it can be compared by. */
import mqtt from 'mqtt';
import { listenTcp } from '../../../server/listeners/tcp.ts';
import { memoryPair } from '../../../room/memory-pair.ts';
import { makeListenerContext } from '../../../server/listener-context.ts';
import { packetOf } from '../../../mqtt/packet.ts';
import type { PacketEntry, TraceEntry } from '../../../protocol/trace.ts';
import { createBroker } from '../../../engine/builtin/index.ts';
import type { MosquittoVersion } from '../../../protocol/mosquitto.ts';
import type { Room } from '../../../room/room.ts';
import { Rooms } from '../../../rooms/rooms.ts';
import { differences } from '../compare.ts';
import type { ClientCase, Publish } from './cases.ts';
import { runOurs, runTheirs, type Ran, type Run } from './run.ts';

export interface ComparedRoom {
  room: Room;
  port: number;
  close(): Promise<void>;
}

/** The first byte of SUBACK. */
const suback = 0x90;

/** One room that TCP clients reach without naming it: their user names stay their own. */
export async function openBench(): Promise<ComparedRoom> {
  const rooms = new Rooms({ get: () => Promise.resolve(null) }, { engine: createBroker });
  const room = rooms.openRoom('bench');
  const listener = await listenTcp(makeListenerContext(rooms), { port: 0, host: '127.0.0.1' });
  return {
    room,
    port: listener.port,
    async close() {
      await listener.close();
      await rooms.close();
    },
  };
}

/** `-` what the real programs did and ours didn't, `+` the other way round. */
export async function compareClients(
  version: MosquittoVersion,
  bench: ComparedRoom,
  each: ClientCase,
): Promise<string[]> {
  return differences(
    await act(version, bench, each, runTheirs, String(bench.port)),
    await act(version, bench, each, runOurs, '1883'),
  );
}

async function act(
  version: MosquittoVersion,
  { room, port }: ComparedRoom,
  each: ClientCase,
  run: Run,
  spoken: string,
): Promise<string[]> {
  await room.reset(each.files ?? { 'mosquitto.conf': 'listener 1883\nallow_anonymous true\n' });
  room.armFaults(each.faults ?? []);
  const helper = await openHelper(room);
  for (const publish of each.before ?? []) await helper.publish(publish);
  const interrupt = new AbortController();
  let over = false;
  const ran = run(each.line.replaceAll('{port}', spoken), {
    version,
    port,
    signal: interrupt.signal,
    exec: each.interrupt === true,
    onOutput: (text) => each.interrupt && text.includes('Subscribed (mid') && interrupt.abort(),
  }).finally(() => (over = true));
  if (each.then) {
    await until(() => over || packets(room).some(({ bytes }) => bytes[0] === suback));
    for (const publish of over ? [] : each.then) await helper.publish(publish);
  }
  const result = await ran;
  await until(() => openLines(room) === 0);
  await helper.close();
  const lines = said(result, each);
  // The real program prints in its signal handler: a line that is being printed then comes twice.
  const once = each.interrupt ? lines.filter((line, at) => line !== lines[at - 1]) : lines;
  return [...once, ...wire(room, lastWord(version, each.line))];
}

/** Polls: a trace has no listener of its own, and what it shows is the event. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

const isHelper = (entry: TraceEntry): boolean =>
  entry.type === 'line-opened' && entry.name === 'helper';
function outside(room: Room): TraceEntry[] {
  const all = room.trace.all();
  const own = new Set(all.filter(isHelper).map((entry) => ('line' in entry ? entry.line : 0)));
  return all.filter((entry) => 'line' in entry && !own.has(entry.line ?? 0));
}
const packets = (room: Room): PacketEntry[] =>
  outside(room).filter((entry) => entry.type === 'packet');
function openLines(room: Room): number {
  const count = (type: TraceEntry['type']) =>
    outside(room).filter((entry) => entry.type === type).length;
  return count('line-opened') - count('line-closed');
}

function said({ status, stdout, stderr }: Ran, { clock }: ClientCase): string[] {
  const plain = (text: string): string => {
    const named = text
      .replace(/mosq-\w{18}/g, 'mosq-…')
      .replace(/(?:\/tmp\/retained-clients-\w{6}|\/etc\/mosquitto)\//g, '')
      .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|auto-[\w-]+/g, '<given>');
    return clock
      ? named.replace(/\d/g, '0').replace(/\b(?:Sun|Mon|Tue|Wed|Thu|Fri|Sat)\b/g, 'Day')
      : named;
  };
  const lines = (name: string, text: string): string[] => (text === '' ? [] : plain(text).split('\n').map((line) => `${name} ${line}`)); // prettier-ignore
  return [`status ${status}`, ...lines('out', stdout), ...lines('err', stderr)];
}

/**
 * The last word of a client that closes at once: a refused one of 5.0, and a publisher of 2.1 at
 * QoS 1 and 2. Some write it, and some lose it.
 */
const lastWord = (version: MosquittoVersion, line: string): RegExp =>
  version === '2.1.2' && /mosquitto_pub.*(-q|--qos) [12]/.test(line)
    ? /"kind":"DISCONNECT"/
    : /"kind":"DISCONNECT".*"reasonCode":130/;

/** Each direction by itself: which of two packets that cross is seen first is chance. */
function wire(room: Room, unsure: RegExp): string[] {
  const all = packets(room);
  const each = (direction: PacketEntry['direction']) => all.filter((entry) => entry.direction === direction).map((entry) => `${direction} ${spell(entry)}`); // prettier-ignore
  const refused = outside(room).flatMap((entry) =>
    entry.type === 'refused' ? [`refused ${entry.rule}`] : [],
  );
  return [
    ...each('to-broker').filter((line) => !unsure.test(line)),
    ...each('to-client'),
    ...refused,
  ];
}

function spell(entry: PacketEntry): string {
  const text = JSON.stringify(packetOf(entry), (name, value: unknown) => {
    if (name === 'length') return undefined;
    if (value instanceof Uint8Array) return Buffer.from(value).toString('latin1');
    if (name === 'clientId') return String(value).replace(/^mosq-\w{18}$/, 'mosq-…').replace(/^(room-)\d+$/, '$1<pid>'); // prettier-ignore
    if (name === 'assignedClientIdentifier') return '<given>';
    // In which order properties stand is each client's own.
    if (name === 'properties') return Object.fromEntries(Object.entries(value as object).sort());
    return value;
  });
  return text;
}

async function openHelper(room: Room) {
  const client = new mqtt.MqttClient(() => {
    const [near, far] = memoryPair();
    const line = room.attach(far, { transport: 'memory', role: 'actor', name: 'helper' });
    if (typeof line === 'string') far.destroy();
    return near as never;
  }, { clientId: 'helper', reconnectPeriod: 0, username: 'alice', password: 'secret' }); // prettier-ignore
  await new Promise<void>((resolve, reject) => {
    client.once('connect', () => resolve());
    client.once('error', reject);
  });
  return {
    async publish({ topic, payload, qos = 1, retain = false }: Publish) {
      await client.publishAsync(topic, payload, { qos, retain });
    },
    close: () => client.endAsync(),
  };
}
