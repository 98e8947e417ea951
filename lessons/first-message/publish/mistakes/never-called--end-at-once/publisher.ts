import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost');
client.publish('hello/mqtt', 'Hello, MQTT!');
client.end();
