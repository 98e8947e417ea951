import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('connected');

// Publish 'on' to 'home/lamp' here.

await client.endAsync();
