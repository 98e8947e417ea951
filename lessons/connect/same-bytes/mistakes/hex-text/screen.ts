import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: '6c6f6262792d73637265656e',
  keepalive: 0x1e,
  username: '6c6f626279',
});
console.log('Connected.');

await client.endAsync();
