import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost');
client.on('connected', () => {
  client.publish('hello/mqtt', 'Hello from me!');
  client.end();
});
