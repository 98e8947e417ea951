import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', {
  clientId: 'ann',
  protocolVersion: 5,
  reconnectPeriod: 100,
  properties: { sessionExpiryInterval: '60' as never },
});
client.subscribe('chat/#', { qos: 1, nl: true, rh: 1 });
setTimeout(() => client.end(true), 3000);
