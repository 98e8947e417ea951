import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5 });
await client.subscribeAsync('garden/#');
for (const topic of ['garden/valve','garden/request/tap','garden/request/valve']) {
  try { await client.publishAsync(topic, 'open', { qos: 1, properties: { userProperties: { from: 'app' } } }); } catch (e) { console.log(e); }
}
await client.endAsync();
