import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('connected');

await client.publishAsync('/home/lamp', 'on');

await client.endAsync();
