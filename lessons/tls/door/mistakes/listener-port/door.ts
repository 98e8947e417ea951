import mqtt from 'mqtt';

// The door's program runs on the broker's own machine.
const client = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'door',
  username: 'door',
  password: 'sesame',
  reconnectPeriod: 0,
});
await client.publishAsync('house/door', 'open');
await client.endAsync();
