import mqtt from 'mqtt';

const client = mqtt.connect(
  'mqtt://lobby@localhost:1883?clientId=lobby-screen',
  {
    keepalive: 30,
  },
);
client.once('connect', () => setTimeout(() => client.end(), 200));
