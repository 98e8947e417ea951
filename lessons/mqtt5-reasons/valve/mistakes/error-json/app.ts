import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'app', protocolVersion: 5 });
JSON.parse('');
await client.endAsync();
