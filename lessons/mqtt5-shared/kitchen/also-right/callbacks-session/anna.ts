import mqtt from 'mqtt';

const cook = mqtt.connect({
  host: 'localhost',
  port: 1883,
  clientId: 'anna-the-cook',
  protocolVersion: 5,
  clean: false,
  properties: { sessionExpiryInterval: 60 },
});
cook.on('connect', () => {
  cook.subscribe({ '$share/kitchen/orders': { qos: 2 } }, () =>
    cook.publish('cook/anna', 'here', { retain: true }),
  );
});
cook.on('message', (_topic, payload, packet) =>
  console.log(String(payload), packet.qos),
);
