import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'lobby-screen',
  keepalive: 30,
  userName: 'lobby',
});
console.log('Connected.');

await client.endAsync();
