import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('Connected to the broker.');

await client.publishAsync('hello/#', 'Hello, MQTT!');

await client.endAsync();
console.log('Disconnected.');
