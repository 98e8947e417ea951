import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
  client.end();
});
await client.subscribeAsync('hello/mqtt');
await client.publishAsync('hello/mqtt', 'Can I hear myself?');
