/** What clients of both brokers do, and what came of it, as lines that can be compared. */
import { vi } from 'vitest';
import type { BrokerName } from '../../../protocol/exercise.ts';
import type { QoS } from '../../../protocol/mqtt.ts';
import { MqttClient } from '../../mqtt-client.ts';
import { openStream } from '../../open-stream.ts';
import { end, messages, open, publish, subscribe, type ConnectOptions } from '../answers.ts';
import type { ProcessDeed } from '../mosquitto.ts';
import { accepted, barrier, type BridgedPair } from './pair.ts';

export type BridgeStep =
  | { do: 'connect'; who: string; to: BrokerName; with?: Partial<ConnectOptions> }
  | { do: 'subscribe'; who: string; filter: string; qos: QoS }
  | { do: 'publish'; who: string; topic: string; payload: string; qos: QoS; retain: boolean }
  | { do: 'leave'; who: string }
  | { do: 'cut' }
  | { do: 'operate'; broker: BrokerName; deed: ProcessDeed }
  /** Until the other broker has accepted the bridge so often in all. */
  | { do: 'bridged'; times: number }
  /** Until the bridge's broker has logged it so often. */
  | { do: 'logged'; broker: BrokerName; words: RegExp; times: number };

export const comes = (who: string, to: BrokerName, more: Partial<ConnectOptions> = {}): BridgeStep => ({
  ...{ do: 'connect', who, to, with: more },
}); // prettier-ignore
export const hears = (who: string, filter: string, qos: QoS = 2): BridgeStep => ({
  ...{ do: 'subscribe', who, filter, qos },
});
export const says = (
  who: string,
  topic: string,
  payload: string,
  qos: QoS = 0,
  retain = false,
): BridgeStep => ({ do: 'publish', who, topic, payload, qos, retain });
export const leaves = (who: string): BridgeStep => ({ do: 'leave', who });
export const cut: BridgeStep = { do: 'cut' };
export const operated = (broker: BrokerName, deed: ProcessDeed): BridgeStep => ({
  ...{ do: 'operate', broker, deed },
});
export const bridged = (times = 1): BridgeStep => ({ do: 'bridged', times });
export const logged = (broker: BrokerName, words: RegExp, times = 1): BridgeStep => ({
  ...{ do: 'logged', broker, words, times },
});

const whole = (step: BridgeStep): string => {
  const { do: what, ...rest } = step;
  const text = (_key: string, value: unknown) => (value instanceof RegExp ? value.source : value);
  return `${what} ${JSON.stringify(rest, text)}`;
};

export async function play(pair: BridgedPair, steps: readonly BridgeStep[]): Promise<string[]> {
  const clients = new Map<string, MqttClient>();
  const lines: string[] = [];
  const runs = new Set<BrokerName>(['house', 'cloud']);
  let isBridged = false;
  try {
    for (const step of steps) {
      if (step.do === 'bridged') isBridged = true;
      if (step.do === 'cut' || step.do === 'operate') isBridged = false;
      if (step.do === 'operate' && step.deed === 'start') runs.add(step.broker);
      if (step.do === 'operate' && /stop|kill/.test(step.deed)) runs.delete(step.broker);
      lines.push(`${whole(step)}: ${await take(step, pair, clients)}`);
      if (isBridged) await crossed(pair);
      for (const [who, client] of clients) {
        if (!client.closed) {
          client.send({ cmd: 'pingreq' });
          await client.nextOrEnd('pingresp');
        }
        for (const message of messages(client).sort())
          if (!message.startsWith(barrier)) lines.push(`  ${who} gets ${message}`);
      }
    }
    return lines;
  } finally {
    for (const client of clients.values()) client.terminate();
  }
}

async function take(
  step: BridgeStep,
  pair: BridgedPair,
  clients: Map<string, MqttClient>,
): Promise<string> {
  if (step.do === 'connect') {
    const { client, answer } = await open(pair.reach(step.to), { clientId: step.who, ...step.with });
    client.acknowledges = true;
    clients.set(step.who, client);
    return answer.replace(/ (maximumPacketSize|receiveMaximum) \d+/g, '');
  }
  if (step.do === 'bridged') await eventually(() => accepted(pair) >= step.times);
  if (step.do === 'cut') {
    const ends = () => pair.log('cloud').filter((line) => isEnd.test(line)).length;
    const before = ends();
    pair.cut();
    await eventually(() => ends() > before);
  }
  if (step.do === 'operate') await pair.operate(step.broker, step.deed);
  if (step.do === 'logged') {
    const count = () => pair.log(step.broker).filter((line) => step.words.test(line)).length;
    await eventually(() => count() >= step.times);
  }
  if (!('who' in step)) return 'done';
  const client = clients.get(step.who);
  if (!client) throw new TypeError(`${step.who} is not there yet`);
  if (step.do === 'subscribe') return subscribe(client, [step.filter], step.qos);
  if (step.do === 'publish') return publish(client, step);
  await end(client, true);
  return 'gone';
} // prettier-ignore

/** The other broker knows that the bridge has gone. */
const isEnd = /^Client \S+\.cloud .*closed/;

/** A bridge's restart takes seconds. */
const eventually = (holds: () => boolean) => vi.waitUntil(holds, { timeout: 60_000, interval: 20 });

let rounds = 0;

/** Three times there and back, behind all that was on its way: the four packets of QoS 2, too. */
async function crossed(pair: BridgedPair): Promise<void> {
  const watching = async (broker: BrokerName) => {
    const client = new MqttClient(await openStream(pair.reach(broker)));
    const id = `${barrier}-${broker}-${++rounds}`;
    // Where names are asked for, anybody's will do.
    await client.connect(id, { username: 'bob', password: Buffer.from('hunter2') });
    await client.subscribe(`${barrier}/#`);
    return client;
  };
  const [house, cloud] = [await watching('house'), await watching('cloud')];
  for (let round = 0; round < 3; round += 1) {
    for (const [near, far] of [
      [house, cloud],
      [cloud, house],
    ] as const) {
      const topic = `${barrier}/${++rounds}`;
      near.publish(topic, '');
      while ((await far.next('publish')).topic !== topic);
    }
  }
  await Promise.all([house, cloud].map((client) => client.disconnect()));
}
