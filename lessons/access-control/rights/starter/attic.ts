import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'sensor-2',
  username: 'attic',
  password: 'dust-34',
  reconnectPeriod: 0,
});
client.on('message', (topic, payload) => {
  console.log('It reads along:', topic, payload.toString());
});
await client.subscribeAsync('home/+/temperature');
await pause(5000);
for (let n = 1; n <= 4; n++) {
  await client.publishAsync('home/attic/temperature', '15', { qos: 1 });
  await pause(400);
}
await client.endAsync();
