import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5 });
for (const topic of ['garden/valve','garden/request/tap','garden/request/Valve']) {
  try { await client.publishAsync(topic, 'open', { qos: 1, properties: { userProperties: { from: 'app' } } }); } catch (e) { console.log(e); }
}
await client.endAsync();
