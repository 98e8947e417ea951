import mqtt from 'mqtt';
import { chart, display } from 'device';

const line = chart('temperature', { unit: '°C' });
const status = display('sensor');
const client = mqtt.connect('mqtt://localhost', { clientId: 'phone' });
client.subscribe(['home/livingroom/temperature', 'home/livingroom/sensor']);

client.on('message', (topic, payload) => {
  const text = payload.toString();
  if (topic.endsWith('/temperature')) line.add(Number(text));
  else status.show(text);
});
