import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
for (let ring = 1; ring <= 14; ring++) {
  await new Promise((resolve) => setTimeout(resolve, 600));
  await client.publishAsync('home/doorbell', `ring ${ring}`, { qos: 1 });
  console.log('The bell: ring', ring);
}
await client.endAsync();
