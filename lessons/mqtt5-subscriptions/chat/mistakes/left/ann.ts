import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'ann', protocolVersion: 5 });
const bens = new Promise((resolve) =>
  client.on('message', (topic) => topic === 'chat/garden' && resolve(topic)),
);
await client.subscribeAsync('chat/#', { qos: 1, nl: true, rh: 1 });
await bens;
await client.publishAsync('chat/garden', 'Ann: Hello!', { qos: 1 });
await client.endAsync();
