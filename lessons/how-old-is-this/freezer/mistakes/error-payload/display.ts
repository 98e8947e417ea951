import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'display' });
const timers = new Map<string | undefined, ReturnType<typeof setTimeout>>();

client.on('message', (topic, payload) => {
  const [name] = topic.split('/');
  const { value, at } = JSON.parse(payload.toString());
  const age = Date.now() - Date.parse(at);
  client.publish(`display/${name}`, age > 2000 ? 'old' : `${value}`);
  // If no newer one comes, this one will be old, too.
  clearTimeout(timers.get(name));
  timers.set(
    name,
    setTimeout(() => client.publish(`display/${name}`, 'old'), 2000),
  );
});
await client.subscribeAsync('+/temperature');
