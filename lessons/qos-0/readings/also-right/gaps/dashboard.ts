import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
let last = 0;
const missing: number[] = [];
client.on('message', (topic, payload) => {
  const { n } = JSON.parse(payload.toString()) as { n: number };
  for (let lost = last + 1; lost < n; lost++) missing.push(lost);
  last = n;
  if (n === 20) {
    console.log('Missing:', missing);
    client.publish('greenhouse/missing', String(missing.length), {
      qos: 1,
      retain: true,
    });
  }
});

await client.subscribeAsync('greenhouse/temperature');
await client.publishAsync('greenhouse/dashboard', 'listening', {
  retain: true,
});
