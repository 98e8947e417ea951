import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'station',
  clean: false,
});

let total = 0;
const seen = new Set<number>();
client.on('message', (topic, payload, packet) => {
  const { id, mm } = JSON.parse(payload.toString());
  console.log('Reading', id, mm, 'packet', packet.messageId, 'DUP', packet.dup);
  if (seen.has(id)) return;
  seen.add(id);

  total += mm;
  client.publish('weather/rain/total', `${total}`);
});
await client.subscribeAsync('weather/rain', { qos: 1 });
await client.publishAsync('weather/station', 'listening', { retain: true });
