import mqtt from 'mqtt';

// Somebody in the same Wi-Fi, without TLS.
const client = await mqtt.connectAsync('mqtt://localhost:8883', {
  clientId: 'stranger',
  reconnectPeriod: 0,
});
console.log('I am in.');
await client.endAsync();
