import mqtt from 'mqtt';
import { lamp } from 'device';

const light = lamp('lamp');
const client = mqtt.connect('mqtt://localhost', {
  clientId: 'lamp',
  will: {
    topic: 'lamp/available',
    payload: Buffer.from('offline'),
    retain: true,
  },
});
const kept = { retain: true, qos: 1 } as const;

client.on('connect', () => {
  client.subscribe('lamp/set', () => {
    const base = {
      '~': 'lamp',
      unique_id: 'l1',
      cmd_t: '~/set',
      stat_t: '~/state',
      avty_t: '~/available',
    };
    client.publish(
      'homeassistant/light/node1/l1/config',
      JSON.stringify(base),
      kept,
    );
    client.publish('lamp/available', 'online', kept);
    client.publish('lamp/state', 'OFF', kept);
  });
});
client.on('message', (topic, payload) => {
  light.set(String(payload) === 'ON');
  client.publish('lamp/state', payload, kept);
});
