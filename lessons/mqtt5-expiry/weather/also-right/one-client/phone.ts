import mqtt from 'mqtt';

const phone = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'phone',
  clean: false,
  protocolVersion: 5,
  properties: { sessionExpiryInterval: 3600 },
});
phone.on('message', (topic, payload) => console.log(topic, payload.toString()));
await phone.subscribeAsync(['weather/warning', 'weather/now'], { qos: 1 });
await phone.publishAsync('phone/state', 'off', { retain: true });
await phone.endAsync();
await new Promise((resolve) => setTimeout(resolve, 7000));
phone.reconnect();
await new Promise((resolve) => setTimeout(resolve, 1500));
await phone.endAsync();
