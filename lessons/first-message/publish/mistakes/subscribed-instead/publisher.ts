import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('Connected to the broker.');

await client.subscribeAsync('hello/mqtt');

await client.endAsync();
console.log('Disconnected.');
