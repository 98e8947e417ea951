/** Rooms of the real server, reached as the page reaches them: with the page's own room client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { start } from '../../../sandbox/server/main.ts';
import { exercisesIn } from '../../exercises.ts';
import type { BrokerFiles, CheckResult, View } from '../../../sandbox/protocol/exercise.ts';
import type { BrokerStateJson } from '../../../sandbox/protocol/state.ts';
import type { TraceEntry } from '../../../sandbox/protocol/trace.ts';
import { RoomClient } from '../../../src/workbench/room/server-room.ts';
import type { RoomSource, RoomUnderTest } from './room-under-test.ts';

const nowhere = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/**
 * Starts a server on free ports of this machine only.
 * @param lessons the folder `lessons/`
 */
export async function websocket(lessons: string): Promise<RoomSource> {
  const site = mkdtempSync(join(tmpdir(), 'retained-lessons-'));
  const server = await start({
    exercises: exercisesIn(lessons),
    port: 0,
    mqttPort: 0,
    host: '127.0.0.1',
    site,
    // Every room is asked for from one address, as fast as the checks can.
    limits: { roomsPerMinute: 100_000, halfOpenPerAddress: 1_000 },
  });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    name: 'WebSocket',
    overTcp: true,
    open: (id, _exercise, files) => open(origin, id, files),
    async close() {
      await server.stop();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

async function open(origin: string, exercise: string, files: BrokerFiles): Promise<RoomUnderTest> {
  let entries: TraceEntry[] = [];
  let results: readonly CheckResult[] = [];
  const client = new RoomClient({
    exercise,
    origin,
    store: nowhere,
    onConnection: () => {},
    onRoom: () => {},
    onReset: () => (entries = []),
    onEntries(more) {
      entries.push(...more);
      under.onChange?.();
    },
    onMissing: (count) => {
      throw new Error(`the room no longer had ${count} entries`);
    },
    onChecks(now) {
      results = now;
      under.onChange?.();
    },
  });
  const under: RoomUnderTest = {
    device: (device, state) => client.device(device, state),
    openLine: (...line) => client.openLine(...line),
    get tcp() {
      const { room } = client;
      if (!room || room.tcpPort === null) return undefined;
      return { host: '127.0.0.1', port: room.tcpPort, address: room.address };
    },
    async reset(now) {
      await client.reset(now);
    },
    onChange: undefined,
    entries: () => entries,
    streamed: () => results,
    async view(): Promise<View> {
      const answer = await client.ask({ type: 'state' });
      if (answer.type !== 'state') throw new Error(`asked for the state, got ${answer.type}`);
      return { entries, state: stateOf(answer.state) };
    },
    close: async () => client.close(),
  };
  await client.reset(Object.keys(files).length > 0 ? files : undefined);
  return under;
}

const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

const stateOf = ({ clients, retained, ...rest }: BrokerStateJson): View['state'] => ({
  ...rest,
  clients: clients.map(({ will, ...client }) => ({
    ...client,
    ...(will && { will: { ...will, payload: bytes(will.payload) } }),
  })),
  retained: retained.map((message) => ({ ...message, payload: bytes(message.payload) })),
});
