import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
console.log('The repair service is connected.');

await client.publishAsync('home/door/#', '', { retain: true });

await client.endAsync();
