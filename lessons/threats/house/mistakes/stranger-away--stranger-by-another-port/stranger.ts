import mqtt from 'mqtt';

// Somebody in the same Wi-Fi, without TLS.
const stranger = await mqtt.connectAsync('mqtt://localhost:8884', {
  clientId: 'stranger',
  reconnectPeriod: 0,
});
console.log('The stranger is in.');
await stranger.endAsync();
