import mqtt from 'mqtt';

const phone = mqtt.connect('mqtt://localhost', {
  clientId: 'phone',
  clean: false,
  protocolVersion: 5,
  reconnectPeriod: 100,
  properties: { sessionExpiryInterval: '60' as never },
});
setTimeout(() => phone.end(true), 3000);
