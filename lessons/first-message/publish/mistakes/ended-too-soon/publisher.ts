import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost');
client.on('connect', () => {
  client.end();
  client.publish('hello/mqtt', 'Hello, MQTT!');
});
