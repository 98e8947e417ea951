/** Actors: clients that are in the room when an exercise starts. Real MQTT.js on memory lines. */
import mqtt, { type MqttClient } from 'mqtt';
import type { Duplex } from 'readable-stream';
import type { Broker } from '../engine/broker.ts';
import type { Actor, Scene } from '../protocol/exercise.ts';
import { SandboxError } from '../shared/errors.ts';
import { matches } from '../mqtt/topic-match.ts';

export interface RunningActor {
  /** Resolves once it is connected, subscribed and has published for the first time. */
  ready: Promise<void>;
  stop(): void;
}

/**
 * Puts the scene in place: retained messages, then actors.
 * @param open gives an actor's end of a fresh memory line to the room
 */
export async function startScene(
  { actors = [], retained = [] }: Scene,
  broker: Broker,
  open: (actor: string) => Duplex,
): Promise<RunningActor[]> {
  if (retained.length > 0 && !broker.publish) throw new SandboxError('not-by-this-broker');
  for (const { topic, payload, qos = 0 } of retained)
    await broker.publish?.({ topic, payload, qos, retain: true });
  const running = actors.map((actor) => startActor(actor, () => open(actor.name)));
  await Promise.all(running.map(({ ready }) => ready));
  return running;
}

function startActor(actor: Actor, open: () => Duplex): RunningActor {
  const version = actor.version ?? 4;
  const client = new mqtt.MqttClient(open as never, {
    clientId: actor.clientId ?? actor.name,
    protocolVersion: version,
    ...(version === 3 ? { protocolId: 'MQIsdp' as const } : {}),
    reconnectPeriod: 1000,
    timerVariant: 'native',
  });
  client.on('error', () => {});
  const timers: ReturnType<typeof setInterval>[] = [];
  const ready = new Promise<void>((resolve) => {
    client.once('connect', () => void settle(client, actor, timers).then(resolve, () => resolve()));
    client.once('close', () => resolve());
  });
  client.on('message', (topic, _payload, packet) => {
    for (const answer of actor.answers ?? []) {
      if (!matches(answer.filter, topic)) continue;
      const to = packet.properties?.responseTopic ?? answer.topic;
      const { correlationData } = packet.properties ?? {};
      if (to !== undefined)
        client.publish(
          to,
          answer.payload,
          correlationData ? { properties: { correlationData } } : {},
        );
    }
  });
  return {
    ready,
    stop() {
      for (const timer of timers) clearInterval(timer);
      client.end(true);
    },
  };
}

async function settle(
  client: MqttClient,
  actor: Actor,
  timers: ReturnType<typeof setInterval>[],
): Promise<void> {
  const filters = [
    ...(actor.subscribes ?? []),
    ...(actor.answers ?? []).map(({ filter }) => ({ filter, qos: 0 as const })),
  ];
  for (const { filter, qos = 0 } of filters) await client.subscribeAsync(filter, { qos });
  for (const { topic, payload, qos = 0, retain = false, everyMs } of actor.publishes ?? []) {
    await client.publishAsync(topic, payload, { qos, retain });
    if (everyMs === undefined) continue;
    timers.push(setInterval(() => client.publish(topic, payload, { qos, retain }), everyMs));
  }
}
