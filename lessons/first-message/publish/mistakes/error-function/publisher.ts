import mqtt from 'mqtt';

const client = mqtt.connectAsync('mqtt://localhost');
await client.publishAsync('hello/mqtt', 'Hello, MQTT!');
await client.endAsync();
