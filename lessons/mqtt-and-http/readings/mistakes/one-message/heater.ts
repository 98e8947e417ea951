import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'heater',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('kitchen/heater/set');

const values = Array.from({ length: 20 }, (_, n) => 21 + (n + 1) / 10);
await client.publishAsync('kitchen/heater/temperature', JSON.stringify(values));
await pause(2000);
await client.endAsync();
