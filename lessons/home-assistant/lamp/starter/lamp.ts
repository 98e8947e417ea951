import mqtt from 'mqtt';
import { lamp } from 'device';

const light = lamp('lamp');
const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'lamp',
  will: {
    topic: 'lamp/available',
    payload: Buffer.from('offline'),
    retain: true,
  },
});
client.on('message', (topic, payload) => {
  light.set(payload.toString() === 'ON');
  // Publish here what the lamp is now.
});
await client.subscribeAsync('lamp/set');
// Announce the lamp here, say that it is there, and what it is now.
