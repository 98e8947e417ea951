import mqtt from 'mqtt';
import { lamp } from 'device';

const light = lamp('Lamp');
const client = await mqtt.connectAsync('mqtt://localhost');

client.on('message', (topic, payload) => {
  const word = payload.toString();
  console.log(topic, word);
  light.set(word === 'on' ? 1 : Number(word) / 100 || 0);
});
await client.subscribeAsync('home/lamp/set');
await client.publishAsync('home/lamp/state', 'ready', { retain: true });
console.log('The lamp waits for your Python program, for ten minutes.');

await new Promise((resolve) => setTimeout(resolve, 600_000));
await client.endAsync();
