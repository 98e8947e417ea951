/** For tests: what real clients did in a real room, as the page gets it over the watch stream. */
import type { MqttClient } from 'mqtt';
import type { FaultRule, LinkConditions } from '../protocol/faults.ts';
import type { TraceEntry } from '../protocol/trace.ts';
import type { Room } from '../room/room.ts';
import { deviceClient } from './device-client.ts';
import { untilSeen } from './seen.ts';
import { transports } from './transports.ts';
import type { MqttClient as TestClient } from './mqtt-client.ts';
import { roomClient } from './room-client.ts';

export interface RecordingStage {
  room: Room;
  /** MQTT.js as a program on the page has it; its session is kept unless `clean` says otherwise. */
  device(name: string, options?: { clean?: boolean; clientId?: string }): MqttClient;
  /** Writes exactly the given bytes. */
  wire(name: string): TestClient;
  setConditions(conditions: LinkConditions): void;
  /** Resolves when the trace fits; asked again as it grows. */
  until(fits: (entries: readonly TraceEntry[]) => boolean): Promise<unknown>;
}

/** Calls `act` in a room and returns its trace. */
export async function record(
  faults: FaultRule[],
  act: (stage: RecordingStage) => Promise<void>,
): Promise<TraceEntry[]> {
  const server = await transports[0]!.start({ watchBatchMs: 0 });
  const clients: MqttClient[] = [];
  try {
    const { room } = await server.open({ scene: { faults } });
    await act({
      room,
      device(name, options = {}) {
        const client = deviceClient(room, name, { clean: false, protocolVersion: 4, ...options });
        clients.push(client);
        return client;
      },
      wire: (name) => roomClient(room, { role: 'actor', name }),
      setConditions: (conditions) => room.setConditions(conditions),
      until: (fits) => untilSeen(room, () => fits(room.trace.all())),
    });
    return [...room.trace.all()];
  } finally {
    await Promise.all(clients.map((client) => client.endAsync(true)));
    await server.close();
  }
}
