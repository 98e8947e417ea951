import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'heater',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('kitchen/heater/set');

await client.publishAsync('kitchen/heater/temperature', '21.1');
await pause(1500);
await client.endAsync();
