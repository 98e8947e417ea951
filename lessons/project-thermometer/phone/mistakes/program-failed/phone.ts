import mqtt from 'mqtt';
import { chart, display } from 'device';

const line = chart('temperature', { unit: '°C' });
const status = display('sensor');
const client = mqtt.connect('mqtt://localhost', { clientId: 'phone' });
client.on('connect', () => client.subscribe('home/livingroom/+', { qos: 1 }));

client.on('message', (topic, payload) => {
  const text = payload.toString();
  if (topic.endsWith('/temperature')) line.add(Number(text));
  else status.show(text);
});
