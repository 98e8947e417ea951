import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');

for (let n = 0; n < 8; n++) {
  const celsius = (21 + Math.sin(n / 2)).toFixed(1);
  console.log('Measured', celsius);
  await client.publishAsync('home/livingroom/temperature', celsius, {
    retain: true,
  });
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
console.log('Nothing changes any more. The broker keeps the last reading.');

await new Promise((resolve) => setTimeout(resolve, 120_000));
await client.endAsync();
