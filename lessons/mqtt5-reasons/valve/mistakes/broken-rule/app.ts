import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5, reconnectPeriod: 0 });
for (const topic of ['garden/valve','garden/request/tap','garden/request/valve']) {
  try { await client.publishAsync(topic, 'open', { qos: 1, properties: { responseTopic: 'app/#', userProperties: { from: 'app' } } }); } catch (e) { console.log(e); }
}
await client.endAsync();
