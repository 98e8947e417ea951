import mqtt from 'mqtt';

const options = {
  clientId: 'phone',
  clean: false,
  protocolVersion: 5,
  properties: { sessionExpiryInterval: 60 },
} as const;

const first = await mqtt.connectAsync('mqtt://localhost', options);
await first.subscribeAsync('weather/#', { qos: 1 });
await first.publishAsync('phone/state', 'off', { retain: true });
await first.endAsync();
console.log('The phone is off.');

