import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost:1883');

client.on('connect', () => {
  client.publish('hello/mqtt', '你好', () => {
    console.log('Published.');
    client.end();
  });
});
