import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'dashboard',
});

client.on('message', (topic, payload) => {
  const room = topic.split('/')[1];
  const value = Number(payload.toString());
  const at = new Date().toISOString();
  client.publish(`house/${room}`, JSON.stringify({ value, unit: 'C', at }));
});
await client.subscribeAsync('radio/+');
