import mqtt from 'mqtt';

// Between two readings: on the half second one may come just then.
await new Promise((resolve) => setTimeout(resolve, 2250));
const client = await mqtt.connectAsync('mqtt://localhost');
console.log('The phone is on.');

client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('home/livingroom/temperature'); await client.endAsync();
