import mqtt from 'mqtt';
import { lamp } from 'device';

const light = lamp('Lamp');
const client = await mqtt.connectAsync('mqtt://localhost');

client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
  light.set(payload.toString() === 'on');
});
await client.subscribeAsync('home/python/done');
await new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('home/lamp/set');
console.log('The lamp waits for your Python program, for two minutes.');

await new Promise((resolve) => setTimeout(resolve, 120_000));
await client.endAsync();
