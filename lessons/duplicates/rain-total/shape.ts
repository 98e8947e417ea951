import mqtt from 'mqtt';

const seen = new Set<string>();
const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic) => {
  if (seen.has(topic)) return;
  seen.add(topic);
});
