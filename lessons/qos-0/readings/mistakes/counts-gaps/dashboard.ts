import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
let last = 0;
let missing = 0;
client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString());
  if (n !== last + 1) missing++;
  last = n;
  if (n === 20) client.publish('greenhouse/missing', `${missing}`);
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
