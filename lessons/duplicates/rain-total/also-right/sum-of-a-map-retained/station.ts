import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'station',
  clean: false,
});

const readings = new Map<number, number>();
client.on('message', (topic, payload, packet) => {
  const { id, mm } = JSON.parse(payload.toString());
  console.log('Reading', id, mm, 'packet', packet.messageId, 'DUP', packet.dup);
  readings.set(id, mm);
  const total = [...readings.values()].reduce((sum, one) => sum + one, 0);
  client.publish('weather/rain/total', `${total}`, { qos: 1, retain: true });
});
await client.subscribeAsync('weather/rain', { qos: 1 });
await client.publishAsync('weather/station', 'listening', { retain: true });
