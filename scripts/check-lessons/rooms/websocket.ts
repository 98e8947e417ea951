/** Rooms of the real server, reached as the page reaches them: with the page's own room client. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../serve.ts';
import type { BrokerStateJson, CheckResult, TraceEntry, View } from '../../../sandbox/protocol.ts';
import { RoomClient } from '../../../src/workbench/room-client.ts';
import type { RoomSource, RoomUnderTest } from './room-under-test.ts';

const nowhere = { getItem: () => null, setItem: () => {}, removeItem: () => {} };

/** Starts a server on free ports of this machine only. */
export async function websocket(): Promise<RoomSource> {
  const site = mkdtempSync(join(tmpdir(), 'retained-lessons-'));
  const server = await serve({
    port: 0,
    mqttPort: 0,
    tlsPort: 0,
    host: '127.0.0.1',
    data: undefined,
    site,
  });
  const origin = `http://127.0.0.1:${server.port}`;
  return {
    name: 'WebSocket',
    open: (id) => open(origin, id),
    async close() {
      await server.stop();
      rmSync(site, { recursive: true, force: true });
    },
  };
}

async function open(origin: string, exercise: string): Promise<RoomUnderTest> {
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
  await client.reset();
  return under;
}

const bytes = (base64: string): Uint8Array => Uint8Array.from(Buffer.from(base64, 'base64'));

const stateOf = ({ clients, retained }: BrokerStateJson): View['state'] => ({
  clients: clients.map(({ will, ...client }) => ({
    ...client,
    ...(will && { will: { ...will, payload: bytes(will.payload) } }),
  })),
  retained: retained.map((message) => ({ ...message, payload: bytes(message.payload) })),
});
