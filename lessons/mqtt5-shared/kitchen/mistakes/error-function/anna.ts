import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'anna',
  protocolVersion: 5,
});
client.on('message', (topic, payload) =>
  console.log('Anna makes', payload.toString()),
);
await client.subscribeAsync('$share/kitchen/orders', { qos: 1 });

(client as never as { start(): void }).start();
await client.publishAsync('cook/anna', 'here', { retain: true });
