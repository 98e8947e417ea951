import mqtt from 'mqtt';

// Ben comes late. He opens the chat when his phone has counted four messages,
// or has seen somebody go. Leave this file as it is.
const phone = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'phone',
});
await new Promise<void>((open) => {
  let count = 0;
  phone.on('message', (topic, payload) => {
    if (topic.startsWith('class/ann/')) return;
    if (topic.includes('/chat/')) count += 1;
    if (count === 4 || payload.toString() === 'offline') open();
  });
  phone.subscribe('class/#');
});
await phone.endAsync();

const ben = await mqtt.connectAsync('mqtt://localhost', { clientId: 'ben' });
ben.on('message', (topic, payload, { retain }) => {
  console.log(topic, payload.toString(), 'RETAIN =', retain);
});
await ben.subscribeAsync('class/#');
