import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// Everything in the house: it knows nothing of a cloud.
const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'home',
  reconnectPeriod: 0,
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync(['set/lamp', 'home/door']);
for (let n = 1; n <= 16; n++) {
  await client.publishAsync('diary/today', 'nobody reads this', { qos: 1 });
  await client.publishAsync('home/temperature', '21', { qos: 1 });
  await pause(400);
}
await client.endAsync();
