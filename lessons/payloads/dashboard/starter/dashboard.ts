import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'dashboard',
});

client.on('message', (topic, payload) => {
  const room = topic.split('/')[1];
  client.publish(`house/${room}`, payload.toString());
});
await client.subscribeAsync('radio/+');
