import mqtt from 'mqtt';

await new Promise((resolve) => setTimeout(resolve, 700));
const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload) => console.log(topic, payload.toString()));
await client.subscribeAsync('home/livingroom/temperature');
await new Promise((resolve) => setTimeout(resolve, 1000));
await client.endAsync();
