import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
});
for (let celsius = 15; celsius < 35; celsius++) {
  const payload = Buffer.from(JSON.stringify({ celsius }));
  await client.publishAsync('home/livingroom/temperature', payload);
  await new Promise((resolve) => setTimeout(resolve, 250));
}
await client.endAsync();
