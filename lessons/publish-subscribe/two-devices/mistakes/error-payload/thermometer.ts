import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
for (let n = 1; n <= 6; n++) {
  const reading = { n, celsius: 20 + n / 10 };
  await client.publishAsync('home/livingroom/temperature', reading as never);
  await new Promise((resolve) => setTimeout(resolve, 250));
}
await client.endAsync();
