import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://pi.local:1883');
client.subscribe('home/#');
client.once('message', (topic, payload) => {
  console.log(topic, payload.toString());
  client.end();
});
