import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let isBored = false;

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => {
  if (isBored && topic === 'chat/football') return;
  console.log(topic, payload.toString());
});
await client.subscribeAsync(['chat/family', 'chat/football']);
await pause(2000);

console.log('Enough football.');
isBored = true;

await pause(3000);
await client.endAsync();
