/**
 * What the teacher says and what holds for a time: notes, a call to an exercise, a pause. The store has it before the
 * class's broker, and the broker before it is acknowledged: nothing that is acknowledged is lost with the process.
 */
import { randomUUID } from 'node:crypto';
import type { MqttClient } from 'mqtt';
import {
  bringSeconds,
  classTopics,
  noteSeconds,
  readClassTopic,
  type SayRequest,
} from '../protocol/class-topics.ts';
import type { SaidRow } from '../store/store.ts';

/** A retained message of the class's broker. `seconds`: how long it holds; 0 takes it back. */
export interface Said {
  topic: string;
  payload: string;
  seconds: number;
}

export function saidOf(request: SayRequest): Said {
  const id = randomUUID();
  switch (request.type) {
    case 'note': {
      const payload = JSON.stringify({ id, text: request.text });
      return { topic: classTopics.note(request.to), payload, seconds: noteSeconds };
    }
    case 'bring': {
      const payload = JSON.stringify({ id, exercise: request.exercise });
      return { topic: classTopics.bring, payload, seconds: bringSeconds };
    }
    case 'freeze': {
      const { seconds } = request;
      const payload = seconds > 0 ? JSON.stringify({ id, seconds }) : '';
      return { topic: classTopics.freeze, payload, seconds };
    }
  }
}

/** @param now milliseconds since 1970 */
export const saidRow = (
  { topic, payload, seconds }: Said,
  now: number,
): Omit<SaidRow, 'class'> => ({
  ...{ topic, payload, until: seconds > 0 ? now + seconds * 1_000 : 0 },
});

/** Resolves when the broker has it. */
export async function publishSaid(
  client: MqttClient,
  { topic, payload, seconds }: Said,
): Promise<void> {
  // An empty message takes a retained one away, and every page hears it.
  const properties = seconds > 0 ? { properties: { messageExpiryInterval: seconds } } : {};
  await client.publishAsync(topic, payload, { qos: 1, retain: true, ...properties });
}

/** What was said before the broker began, with the time that is left of it. */
export function stillSaid(
  rows: readonly SaidRow[],
  { now, isMember }: { now: number; isMember(id: string): boolean },
): Said[] {
  return rows.flatMap(({ topic, payload, until }) => {
    const seconds = Math.ceil((until - now) / 1_000);
    const of = readClassTopic(topic)?.of ?? '';
    return seconds < 1 || (of !== 'all' && !isMember(of)) ? [] : [{ topic, payload, seconds }];
  });
}
