import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');

client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString());
  if (n === 20) client.publish('greenhouse/missing', '');
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
