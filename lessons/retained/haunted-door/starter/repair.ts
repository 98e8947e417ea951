import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('The repair service is connected.');

// Clear the retained command here.

await client.endAsync();
