import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'heater',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('kitchen/heater/set');

for (let n = 1; n <= 20; n++) {
  const value = (21 + n / 10).toFixed(1);
  await client.sendAsync('kitchen/heater/temperature', value);
  await pause(100);
}
await client.endAsync();
