/** What clients do in a case, and what came of it, as lines that can be compared. */
import type { QoS } from '../../protocol/mqtt.ts';
import type { ReceivedPacket, MqttClient } from '../mqtt-client.ts';
import type { ProcessDeed } from './mosquitto.ts';
import type { Reach } from '../open-stream.ts';
import {
  begin,
  complete,
  end,
  messages,
  open,
  publish,
  subscribe,
  type ConnectOptions,
} from './answers.ts';

export type Connect = Partial<ConnectOptions> & {
  port?: number;
  protocol?: 'mqtt' | 'websockets';
  /** With TLS, and with which certificate of its own, if any. */
  tls?: 'anonymous' | 'sensor';
};

export type ClientStep = { who: string; says: string } & (
  | { do: 'operate'; deed: ProcessDeed }
  | { do: 'pause'; ms: number }
  | { do: 'connect'; with: Connect & { clientId: string; port: number } }
  | { do: 'subscribe'; filters: string[]; qos: QoS }
  | { do: 'publish'; topic: string; payload: string; qos: QoS; retain: boolean }
  | { do: 'begin'; topic: string; messageId: number }
  | { do: 'complete'; messageId: number }
  | { do: 'end'; gracefully: boolean }
);

/** `who` is the client's name in the case, and its client id by default. */
export function connects(who: string, options: Connect = {}): ClientStep {
  const { clientId = who, port = 1883, ...rest } = options;
  const says = `connects${described({ ...rest, ...(port === 1883 ? {} : { port }) })}`;
  return { who, says, do: 'connect', with: { clientId, port, ...rest } };
}

export function subscribes(who: string, filter: string | string[], qos: QoS = 0): ClientStep {
  const filters = [filter].flat();
  return {
    who,
    says: `subscribes to ${filters.join(', ')} q${qos}`,
    do: 'subscribe',
    filters,
    qos,
  };
}

export function publishes(
  who: string,
  topic: string,
  payload: string,
  qos: QoS = 0,
  retain = false,
): ClientStep {
  const shown = payload.length > 20 ? `${payload.length} bytes` : payload;
  const says = `publishes ${topic}=${shown} q${qos}${retain ? ' retained' : ''}`;
  return { who, says, do: 'publish', topic, payload, qos, retain };
}

/** Half of a QoS 2 exchange, and the other half. */
export const begins = (who: string, topic: string, messageId: number): ClientStep => ({
  ...{ who, says: `begins ${topic}` },
  ...{ do: 'begin', topic, messageId },
});
export const completes = (who: string, messageId: number): ClientStep => ({
  ...{ who, says: 'completes' },
  ...{ do: 'complete', messageId },
});

/** What is done to the broker's process. */
export const broker = (deed: ProcessDeed): ClientStep => ({
  ...{ who: 'broker', says: deed },
  ...{ do: 'operate', deed },
});
export const pause = (ms: number): ClientStep => ({ who: 'time', says: 'passes', do: 'pause', ms });

export const leaves = (who: string): ClientStep => ({
  who,
  says: 'leaves',
  do: 'end',
  gracefully: true,
});
export const vanishes = (who: string): ClientStep => ({
  who,
  says: 'vanishes',
  do: 'end',
  gracefully: false,
});

function described(options: object): string {
  const text = JSON.stringify(options).replace(/["{}]/g, '');
  return text === '' ? '' : ` (${text})`;
}

/** One line for each step and its answer, and one for each message, in a stable order. */
export async function act(
  steps: readonly ClientStep[],
  reach: (step: Connect & { port: number }) => Reach,
  operate: (deed: ProcessDeed) => Promise<void>,
): Promise<string[]> {
  const clients = new Map<string, MqttClient>();
  const lines: string[] = [];
  try {
    for (const step of steps) {
      const answer = await take(step, clients, reach, operate);
      lines.push(`${step.who} ${step.says}: ${answer}`);
      await settle(clients);
      for (const [who, client] of clients) {
        for (const message of messages(client).sort()) lines.push(`  ${who} gets ${message}`);
      }
    }
    return lines;
  } finally {
    for (const client of clients.values()) client.terminate();
  }
}

async function take(
  step: ClientStep,
  clients: Map<string, MqttClient>,
  reach: (step: Connect & { port: number }) => Reach,
  operate: (deed: ProcessDeed) => Promise<void>,
): Promise<string> {
  if (step.do === 'pause') {
    await new Promise((resolve) => setTimeout(resolve, step.ms));
    return 'later';
  }
  if (step.do === 'operate') {
    await operate(step.deed);
    // All that its end brings about is there.
    if (step.deed === 'stop' || step.deed === 'kill')
      for (const client of clients.values()) await client.ended();
    return 'done';
  }
  if (step.do === 'connect') {
    const { client, answer } = await open(reach(step.with), step.with);
    clients.set(step.who, client);
    return answer;
  }
  const client = clients.get(step.who);
  if (!client) throw new TypeError(`${step.who} is not there yet`);
  switch (step.do) {
    case 'subscribe':
      return subscribe(client, step.filters, step.qos);
    case 'publish':
      return publish(client, step);
    case 'begin':
      return begin(client, step.topic, step.messageId);
    case 'complete':
      return complete(client, step.messageId);
    case 'end':
      await end(client, step.gracefully);
      return 'gone';
  }
}

/** Until three rounds of pings, one after the other, have brought nothing new. */
async function settle(clients: ReadonlyMap<string, MqttClient>): Promise<void> {
  const all = [...clients.values()].filter(({ closed }) => !closed);
  const isMessage = ({ cmd }: ReceivedPacket): boolean => cmd === 'publish';
  const count = () => all.reduce((sum, { got }) => sum + got.filter(isMessage).length, 0);
  for (let quiet = 0; quiet < 3; quiet += 1) {
    const before = count();
    for (const client of all) {
      client.send({ cmd: 'pingreq' });
      await client.nextOrEnd('pingresp');
    }
    if (count() !== before) quiet = -1;
  }
}
