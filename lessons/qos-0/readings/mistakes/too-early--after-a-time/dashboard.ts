import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
let arrived = 0;
client.on('message', (topic, payload) => {
  if (payload.length > 0) arrived++;
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
await new Promise((resolve) => setTimeout(resolve, 2600));
await client.publishAsync('greenhouse/missing', `${20 - arrived}`);
