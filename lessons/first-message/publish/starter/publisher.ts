import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('Connected to the broker.');

// Publish a text to hello/mqtt here.

await client.endAsync();
console.log('Disconnected.');
