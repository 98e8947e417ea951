import mqtt from 'mqtt';
import { lamp } from 'device';

const light = lamp('lamp');
const client = await mqtt.connectAsync('mqtt://localhost:1884', {
  clientId: 'lamp',
  will: {
    topic: 'lamp/available',
    payload: Buffer.from('offline'),
    retain: true,
  },
});
const say = (topic: string, text: string) =>
  client.publishAsync(topic, text, { retain: true });

client.on('message', (topic, payload) => {
  light.set(payload.toString() === 'ON');
  void say('lamp/state', light.isOn ? 'ON' : 'OFF');
});
await client.subscribeAsync('lamp/set');
const config = {
  name: 'My lamp',
  unique_id: 'lamp-7f3a',
  command_topic: 'lamp/set',
  state_topic: 'lamp/state',
  availability_topic: 'lamp/available',
};
await say('homeassistant/light/lamp-7f3a/config', JSON.stringify(config));
await say('lamp/available', 'online');
await say('lamp/state', 'OFF');
