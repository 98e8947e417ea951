import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'display' });

client.on('message', (topic, payload) => {
  const [name] = topic.split('/');
  const { value, at } = JSON.parse(payload.toString());
  client.publish(`display/${name}`, `${value}`);
});
await client.subscribeAsync('+/temperature');
