import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'lobby\u0000',
  reconnectPeriod: 0,
  keepalive: 30,
  username: 'lobby',
});
console.log('Connected.');

await client.endAsync();
