import mqtt from 'mqtt';
const client = mqtt.connect('mqtt://localhost:1883', {
  clientId: 'x',
  protocolVersion: 5,
  clean: true,
});
client.once('connect', async () => {
  for (const topic of ['garden/valve', 'garden/request/nobody']) {
    await client.publishAsync(topic, 'open', { qos: 1 }).catch(console.log);
  }
  await client.publishAsync('garden/request/valve', 'open', {
    properties: { userProperties: { from: 'app' } },
  });
  client.end();
});
