import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { protocolVersion: 5 });
for (const celsius of [21, 22, 23, 24, 25, 26, 27, 28, 29]) {
  const payload = Buffer.from(JSON.stringify({ celsius }));
  await client.publishAsync('home/livingroom/temperature', payload);
  await new Promise((resolve) => setTimeout(resolve, 200));
}
await client.endAsync();
