import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');

for (let n = 1; n <= 10; n++) {
  const reading = { n, celsius: 20 + n / 10 };
  console.log('Measured', reading);
  await client.publishAsync(
    'home/livingroom/temperature',
    JSON.stringify('reading'),
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
}
await client.endAsync();
