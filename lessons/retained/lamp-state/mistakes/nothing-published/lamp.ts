import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('The lamp is on, and said so.');
await client.endAsync();
