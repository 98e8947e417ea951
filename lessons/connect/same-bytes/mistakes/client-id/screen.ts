import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'roof-mast',
  keepalive: 600,
  username: 'roof',
});
console.log('Connected.');

await client.endAsync();
