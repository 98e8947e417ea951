/**
 * What the teacher says and what holds for a time: notes, a call to an exercise, a pause, what is given for one. The store has it before the
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
import {
  mostStarterBytes,
  mostStarters,
  mostStartersBytes,
  starterSeconds,
  type Starter,
} from '../protocol/starter.ts';
import { SandboxError } from '../shared/errors.ts';
import type { SaidRow } from '../store/store.ts';

/** A retained message of the class's broker. `seconds`: how long it holds; 0 takes it back. */
export interface Said {
  topic: string;
  payload: string;
  seconds: number;
}

/**
 * @param now milliseconds since 1970
 * @throws SandboxError `bad-request` if its message is too long for the broker
 */
export function saidOf(request: SayRequest, now: number): Said {
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
    case 'starter': {
      const { exercise, given, to } = request;
      const topic = classTopics.starter(exercise, to);
      if (!given) return { topic, payload: '', seconds: 0 };
      const payload = JSON.stringify({ id, exercise, at: now, given } satisfies Starter);
      if (Buffer.byteLength(payload) > mostStarterBytes) throw new SandboxError('bad-request');
      return { topic, payload, seconds: starterSeconds };
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

export const isStarter = (topic: string): boolean => readClassTopic(topic)?.what === 'starter';

/**
 * A learner's page that opens an exercise gets what is given for it at once, and the teacher's page all.
 * @param rows what the class has been told and still holds
 * @throws SandboxError `too-many-starters`
 */
export function mustHold(rows: readonly SaidRow[], next: Said): void {
  if (!isStarter(next.topic) || next.payload === '') return;
  const all = rows.filter(({ topic, payload }) => isStarter(topic) && topic !== next.topic && payload !== ''); // prettier-ignore
  const bytes = [...all, next].reduce((sum, { payload }) => sum + Buffer.byteLength(payload), 0);
  if (all.length >= mostStarters || bytes > mostStartersBytes)
    throw new SandboxError('too-many-starters');
}
