import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('Connected to the broker.');

await client.publishAsync('hello/mqtt', { text: 'Hello' } as never);

await client.endAsync();
console.log('Disconnected.');
