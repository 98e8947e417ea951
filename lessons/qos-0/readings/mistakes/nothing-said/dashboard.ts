import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'dashboard',
});

client.on('message', (topic, payload) => {
  const { n, celsius } = JSON.parse(payload.toString());
  console.log('Reading', n, celsius, '°C');
  // Count here. When reading 20 comes, publish how many are missing.
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', {
  retain: true,
});
