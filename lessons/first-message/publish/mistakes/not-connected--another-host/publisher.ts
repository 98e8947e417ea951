import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://broker.example');
await client.publishAsync('hello/mqtt', 'Hello, MQTT!');
await client.endAsync();
