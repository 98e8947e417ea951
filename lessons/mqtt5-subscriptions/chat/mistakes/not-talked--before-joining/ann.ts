import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'ann', protocolVersion: 5 });
await client.publishAsync('chat/garden', 'Hello', { qos: 1 });
await client.subscribeAsync('chat/#', { qos: 1, nl: true, rh: 1 });
await new Promise((r) => setTimeout(r, 1500));
await client.endAsync();
