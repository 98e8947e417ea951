import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5 });
for (const topic of ['garden/valve','garden/request/tap','garden/request/valve']) {
  try { await client.publishAsync(topic, JSON.stringify({from:'app'}), { qos: 1, userProperties: { from: 'x' } } as never); } catch (e) { console.log(e); }
}
await client.endAsync();
