import mqtt from 'mqtt';

const values = [...Array(20).keys()].map((n) => `{"celsius":${21 + n / 10}}`);
const client = await mqtt.connectAsync('mqtt://127.0.0.1', { keepalive: 30 });
const heard = new Promise<string>((resolve) => {
  client.on('message', (_topic, payload) => resolve(payload.toString()));
});
await client.subscribeAsync(['kitchen/heater/set', 'kitchen/heater/mode']);
await Promise.all(
  values.map((value) =>
    client.publishAsync('kitchen/heater/temperature', value),
  ),
);
console.log('The phone says', await heard);
client.end();
