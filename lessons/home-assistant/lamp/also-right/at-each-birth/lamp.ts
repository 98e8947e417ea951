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
const config = {
  name: 'My lamp',
  unique_id: 'lamp-7f3a',
  command_topic: 'lamp/set',
  state_topic: 'lamp/state',
  availability_topic: 'lamp/available',
};

client.on('message', (topic, payload) => {
  const text = payload.toString();
  if (topic === 'homeassistant/status') {
    // Introduced again at each of its starts; nothing of that is kept.
    if (text === 'online')
      client.publish('homeassistant/light/lamp/config', JSON.stringify(config));
    return;
  }
  light.set(text === 'ON');
  client.publish('lamp/state', text, { retain: true });
});
await client.publishAsync('lamp/available', 'online', { retain: true });
await client.publishAsync('lamp/state', 'OFF', { retain: true });
await client.subscribeAsync(['lamp/set', 'homeassistant/status']);
