import mqtt from 'mqtt';

// Nobody looks at the phone for the first two seconds.
await new Promise((resolve) => setTimeout(resolve, 2000));
const client = await mqtt.connectAsync('mqtt://localhost');
console.log('The phone is on.');

client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('home/livingroom/temperature');
