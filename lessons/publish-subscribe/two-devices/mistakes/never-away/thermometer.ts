import mqtt from 'mqtt';

await new Promise((resolve) => setTimeout(resolve, 2000));

const client = await mqtt.connectAsync('mqtt://localhost');
for (let n = 1; n <= 4; n++) {
  const reading = { n, celsius: 20 + n / 10 };
  await client.publishAsync('home/livingroom/temperature', JSON.stringify(reading));
  await new Promise((resolve) => setTimeout(resolve, 300));
}
await client.endAsync();
