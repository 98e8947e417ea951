import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5 });
await client.publishAsync('garden/request/valve', 'open', { qos: 1, properties: { userProperties: { from: 'app' } } });
await client.endAsync();
