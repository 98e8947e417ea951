import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
let arrived = 0;
client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString());
  arrived++;
  if (arrived === 5) {
    client.publish('greenhouse/missing', `${20 - arrived}`);
    client.end();
  }
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
