import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'heater',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('kitchen/heater/set');

let all = '';
for (let n = 1; n <= 20; n++) {
  all += `${(21 + n / 10).toFixed(1)}\n`;
  await pause(100);
}
await client.publishAsync('kitchen/heater/temperature', all);
await client.endAsync();
