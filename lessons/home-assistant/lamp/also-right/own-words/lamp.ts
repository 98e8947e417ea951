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
const say = (topic: string, text: string) =>
  client.publishAsync(topic, text, { retain: true });

client.on('message', (topic, payload) => {
  light.set(payload.toString() === '1');
  void say('lamp/state', light.isOn ? '1' : '0');
});
await client.subscribeAsync('lamp/set');
const config = {
  name: 'My lamp',
  unique_id: 'lamp-7f3a',
  command_topic: 'lamp/set',
  state_topic: 'lamp/state',
  availability_topic: 'lamp/available',
  payload_available: 'here',
  payload_on: 1,
  payload_off: 0,
};
await say('homeassistant/light/lamp-7f3a/config', JSON.stringify(config));
await say('lamp/available', 'here');
await say('lamp/state', '0');
