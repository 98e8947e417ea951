import mqtt from 'mqtt';

const client = await mqtt.connectAsync({ clientId: 'lobby-screen', keepalive: 30, username: 'lobby' } as any, 'mqtt://localhost' as any);
console.log('Connected.');

await client.endAsync();
