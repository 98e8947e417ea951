import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => console.log(topic, payload.toString()));
await client.subscribeAsync('home/livingroom/temperature');
await new Promise((resolve) => setTimeout(resolve, 5500));
await client.endAsync();
