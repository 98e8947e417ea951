import mqtt from 'mqtt';
import { gauge, lamp } from 'device';

const room = gauge('Living room', { min: 18, max: 24, unit: '°C' });
const heater = lamp('Heater');
const client = await mqtt.connectAsync('mqtt://localhost');

client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
  heater.set(payload.toString() === 'on');
});
await client.subscribeAsync('home/livingroom/heater/set');

let celsius = 22;
let last = '';
// Warmer with the heater, else colder: for ten minutes.
for (let n = 0; n < 600; n++) {
  const text = celsius.toFixed(1);
  room.set(celsius);
  if (text !== last) {
    console.log('Measured', text);
    await client.publishAsync('home/livingroom/temperature', text, {
      retain: true,
    });
  }
  last = text;
  const next = celsius + (heater.isOn ? 0.3 : -0.3);
  celsius = Math.min(22, Math.max(20, next));
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
await client.endAsync();
