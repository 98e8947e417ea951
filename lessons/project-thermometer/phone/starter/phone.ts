import mqtt from 'mqtt';
import { chart, display } from 'device';

const line = chart('temperature', { unit: '°C' });
const status = display('sensor');
const client = mqtt.connect('mqtt://localhost', { clientId: 'phone' });
// Subscribe here, as soon as it is connected.

client.on('message', (topic, payload) => {
  const text = payload.toString();
  if (topic.endsWith('/temperature')) line.add(Number(text));
  else status.show(text);
});
