import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'dashboard',
});

let count = 0;
client.on('message', (topic, payload) => {
  const { n, celsius } = JSON.parse(payload.toString());
  console.log('Reading', n, celsius, '°C');
  count++;
  if (n === 20) client.publish('greenhouse/missing', `${count - 20}`);
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', {
  retain: true,
});
