import mqtt from 'mqtt';

const client = mqtt.connect({ host: 'pi', port: 1883, clientId: 'recorder' });
client.on('connect', () => client.subscribe('home/temperature'));
client.on('message', (_topic, payload) => {
  console.log(String(payload));
  client.end();
});
