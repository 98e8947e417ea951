import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
await client.publishAsync('Hello/MQTT', 'Hello, MQTT!');
await client.endAsync();
