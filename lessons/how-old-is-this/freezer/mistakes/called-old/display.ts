import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'display',
});
let timer: ReturnType<typeof setTimeout> | undefined;
client.on('message', (topic, payload) => {
  const [name] = topic.split('/');
  const { value, at } = JSON.parse(payload.toString());
  const age = Date.now() - Date.parse(at);
  const show = (text: string) => client.publish(`display/${name}`, text);
  if (age > 2) {
    show('old');
    return;
  }
  show(`${value}`);
  clearTimeout(timer);
  timer = setTimeout(() => show('old'), 2000 - age);
});
await client.subscribeAsync('+/temperature');
