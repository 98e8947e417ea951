import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
let arrived = 0;
client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString());
  arrived++;
  if (n === 20) client.publish('greenhouse/Missing', `${20 - arrived}`);
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
