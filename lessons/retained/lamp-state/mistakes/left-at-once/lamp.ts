import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
await client.publishAsync('home/lamp/state', 'on', { retain: true });
console.log('The lamp is on, and said so.');
await client.endAsync();
