/**
 * What the teacher has said and still holds: notes, a call to an exercise, a pause. The class's broker retains it in
 * memory; here it is kept in the store, so that it is there after a restart of the server.
 */
import type { IPublishPacket, MqttClient } from 'mqtt';
import { log } from '../shared/log.ts';
import { readClassTopic } from '../protocol/class-topics.ts';
import type { SaidRow } from '../store/store.ts';

/** Topics of what is kept; a look is over when the teacher's page is gone. */
export const saidFilters = ['class/+/note', 'class/all/bring', 'class/all/freeze'];

export interface SaidHost {
  /** Those of the class that still hold. */
  read(): Promise<SaidRow[]>;
  put(row: Omit<SaidRow, 'class'>): Promise<void>;
  /** Whether the class has this member. */
  isMember(id: string): boolean;
  /** Milliseconds since 1970. */
  now(): number;
}

/** Publishes what was kept, then keeps what comes. Resolves when the broker has what was kept. */
export async function keepSaid(client: MqttClient, host: SaidHost): Promise<void> {
  for (const { topic, payload, until } of await host.read()) {
    const seconds = Math.ceil((until - host.now()) / 1_000);
    const of = readClassTopic(topic)?.of ?? '';
    if (seconds < 1 || (of !== 'all' && !host.isMember(of))) continue;
    const properties = { messageExpiryInterval: seconds };
    await client.publishAsync(topic, payload, { qos: 1, retain: true, properties });
  }
  client.on('message', (topic, payload, packet: IPublishPacket) => {
    // Without an expiry it would be kept for ever; an empty one takes back what was said.
    const seconds = packet.properties?.messageExpiryInterval ?? 0;
    const isOver = payload.length === 0 || seconds === 0;
    if (!packet.retain) return;
    const until = isOver ? 0 : host.now() + seconds * 1_000;
    const row = { topic, payload: isOver ? '' : payload.toString(), until };
    // The broker has it, and those who are here as well: a full disk costs only the restart.
    host.put(row).catch((error: unknown) => log.error('not-stored', error));
  });
  // As published: whether the teacher had it retained. Nothing that is retained already comes again.
  await client.subscribeAsync(saidFilters, { qos: 1, rap: true, rh: 2 });
}
