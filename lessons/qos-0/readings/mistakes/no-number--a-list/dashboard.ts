import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
const seen: number[] = [];
client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString());
  seen.push(n);
  if (n === 20) client.publish('greenhouse/missing', JSON.stringify([...Array(20).keys()].map((i) => i + 1).filter((i) => !seen.includes(i))));
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', { retain: true });
