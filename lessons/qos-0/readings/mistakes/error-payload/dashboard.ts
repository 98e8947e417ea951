import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
let arrived = 0;
client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString());
  arrived++;
  if (n === 20) client.publish('greenhouse/missing', (20 - arrived) as never);
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
