import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});

await client.subscribeAsync(['home/+/temperature', 'garden/#']);

// Five seconds are enough to hear every topic a few times.

client.end(true);
