/** MQTT.js 5, as learners use it. */
import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';
import { expect, onTestFinished } from 'vitest';
import type { Broker } from '../../engine/broker.ts';
import { lineTo } from '../broker-client.ts';
import type { EngineSuite } from './engine-suite.ts';

const next = (client: MqttClient, event: 'connect' | 'message'): Promise<void> =>
  new Promise((resolve) => client.once(event, () => resolve()));

function connect(broker: Broker, options: IClientOptions): MqttClient {
  const client = new mqtt.MqttClient(() => lineTo(broker) as never, {
    reconnectPeriod: 10,
    connectTimeout: 5000,
    ...options,
  });
  // Also of a case that fails: it would go on connecting, beside the tests of other files.
  onTestFinished(() => client.endAsync(true));
  return client;
}

export const mqttjs = ({ start, test }: EngineSuite): void => {
  for (const protocolVersion of [4, 5] as const) {
    test(`publish and subscribe at every QoS (version ${protocolVersion})`, async () => {
      const broker = await start();
      const client = connect(broker, { protocolVersion, clientId: 'js' });
      await next(client, 'connect');
      const got: string[] = [];
      client.on(
        'message',
        (topic, payload, { qos }) => void got.push(`${topic} ${payload} ${qos}`),
      );
      await client.subscribeAsync({ 't/0': { qos: 0 }, 't/1': { qos: 1 }, 't/2': { qos: 2 } });
      for (const qos of [0, 1, 2] as const) await client.publishAsync(`t/${qos}`, 'x', { qos });
      while (got.length < 3) await next(client, 'message');
      expect(got.toSorted()).toEqual(['t/0 x 0', 't/1 x 1', 't/2 x 2']);
      await client.unsubscribeAsync('t/0');
      await client.endAsync();
    });

    test(`a loop of 400 publishes at QoS 2 doesn't end the connection (version ${protocolVersion})`, async () => {
      const broker = await start();
      const client = connect(broker, { protocolVersion, clientId: 'js', reconnectPeriod: 0 });
      await next(client, 'connect');
      const loop = Array.from({ length: 400 }, () => client.publishAsync('t', 'x', { qos: 2 }));
      await Promise.all(loop);
      expect(client.connected).toBe(true);
      await client.endAsync();
    });

    test(`300 messages at QoS 2 come once and in order, across cuts (version ${protocolVersion})`, async () => {
      const broker = await start({ limits: { queuedMessages: 1000 } });
      const common = { protocolVersion, clean: false } as const;
      const session = protocolVersion === 5 ? { properties: { sessionExpiryInterval: 60 } } : {};
      const reader = connect(broker, { ...common, ...session, clientId: 'reader' });
      await next(reader, 'connect');
      const got: string[] = [];
      reader.on('message', (_, payload) => {
        got.push(String(payload));
        // Now and then the line is cut in the middle of things.
        if (got.length % 70 === 0) reader.stream.destroy();
      });
      await reader.subscribeAsync('t', { qos: 2 });
      const writer = connect(broker, { ...common, ...session, clientId: 'writer' });
      await next(writer, 'connect');
      const wanted = Array.from({ length: 300 }, (_, i) => `${i}`);
      await Promise.all(wanted.map((payload) => writer.publishAsync('t', payload, { qos: 2 })));
      while (new Set(got).size < 300) await next(reader, 'message');
      expect(got).toEqual(wanted);
      await Promise.all([reader.endAsync(), writer.endAsync()]);
    });
  }
};
