import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'my-phone',
  username: 'phone',
  password: 'ring-56',
  reconnectPeriod: 0,
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('home/#');

// A child plays with it.
await pause(600);
await client.publishAsync('home/kitchen/temperature', '-40', { qos: 1 });

await pause(8000);
await client.endAsync();
