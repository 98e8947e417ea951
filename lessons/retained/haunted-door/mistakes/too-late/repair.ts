import mqtt from 'mqtt';

await new Promise((resolve) => setTimeout(resolve, 2500));
const client = await mqtt.connectAsync('mqtt://localhost');
console.log('The repair service is connected.');

await client.publishAsync('home/door/command', '', { retain: true });

await client.endAsync();
