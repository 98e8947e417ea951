import mqtt from 'mqtt';

// Runs on your phone, in the same Wi-Fi.
// The sensor goes first.
await new Promise((done) => setTimeout(done, 1000));
const client = await mqtt.connectAsync(
  'mqtt://pi',
  { clientId: 'phone', reconnectPeriod: 0 },
  false,
);
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
  client.end();
});
await client.publishAsync('home/temperature', '22');
await client.endAsync();
