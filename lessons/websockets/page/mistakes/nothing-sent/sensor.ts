import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost:1883');
await client.endAsync();
