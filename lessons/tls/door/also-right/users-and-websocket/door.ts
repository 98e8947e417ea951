import mqtt from 'mqtt';

const door = await mqtt.connectAsync('ws://localhost:9001', {
  protocolVersion: 5,
  username: 'door',
  password: 'sesame',
});
await door.publishAsync('house/door', 'open', { retain: true });
await door.endAsync();
