import mqtt from 'mqtt';

await new Promise((resolve) => setTimeout(resolve, 2000));
const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
});
client.on('message', (topic, payload) =>
  console.log(topic, payload.toString()),
);
await client.subscribeAsync('home/+/temperature');
