import mqtt from 'mqtt';

const ann = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'ann',
  protocolVersion: 5,
  clean: false,
  resubscribe: false,
  properties: { sessionExpiryInterval: 60 },
});
ann.on('message', (topic, payload) => console.log(topic, payload.toString()));
const options = { qos: 0, nl: true, rh: 1 } as const;
await ann.subscribeAsync('#', options);
await ann.publishAsync('chat/garden', 'one');
await new Promise((resolve) => setTimeout(resolve, 2000));
await ann.endAsync();
// MQTT.js may still be closing the old connection.
await new Promise((resolve) => setTimeout(resolve, 500));
const again = new Promise((resolve) => ann.once('connect', resolve));
ann.reconnect();
await again;
await ann.subscribeAsync('#', { ...options, resubscribe: true } as never);
await ann.publishAsync('chat/garden', 'two');
await new Promise((resolve) => setTimeout(resolve, 2000));
await ann.endAsync();
