import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'dashboard',
});

let arrived = 0;
client.on('message', (topic, payload) => {
  const { n, celsius } = JSON.parse(payload.toString());
  console.log('Reading', n, celsius, '°C');
  // Count here. When reading 20 comes, publish how many are missing.
  arrived++;
  if (n === 20) client.publish('greenhouse/missing', `${20 - arrived}`);
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', {
  retain: true,
});
