import mqtt from 'mqtt';

const pause = (ms: number) =>
  new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync(['chat/family', 'chat/football']);
await pause(2000);

console.log('Enough football.');
client.removeAllListeners('message');

await pause(3000);
await client.endAsync();
