import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('Connected to the broker.');

await client.publishAsync({ topic: 'hello/mqtt', payload: 'Hello from me!' });

await client.endAsync();
console.log('Disconnected.');
