import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5 });
for (const topic of ['garden/valve','garden/request/tap','garden/request/valve']) {
  await client.publishAsync(topic, 'open', { qos: 1, properties: { userProperties: { from: 'app' } } });
}
await client.endAsync();
