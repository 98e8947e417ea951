import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'display',
});

client.on('message', (topic, payload) => {
  const [name] = topic.split('/');
  const { value, at } = JSON.parse(payload.toString());
  if (Date.now() - Date.parse(at) > 2000) return void client.publish(`display/${name}`, 'old');
  client.publish(`display/${name}`, `${value}`);
  clearTimeout(globalThis.timer);
  globalThis.timer = setTimeout(() => client.publish('display/old', name), 2000);
});
await client.subscribeAsync('+/temperature');
