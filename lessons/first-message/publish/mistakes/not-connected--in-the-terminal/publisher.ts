import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', { manualConnect: true });
client.publish('hello/mqtt', 'Hello, MQTT!');
