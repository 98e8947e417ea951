import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// On holiday, far from the house.
const client = await mqtt.connectAsync('mqtt://cloud', {
  clientId: 'phone',
  username: 'phone',
  password: 'ring-56',
  reconnectPeriod: 0,
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('#');
for (let n = 1; n <= 16; n++) {
  await client.publishAsync('garden-7/set/lamp', 'on', { qos: 1 });
  await pause(400);
}
await client.endAsync();
