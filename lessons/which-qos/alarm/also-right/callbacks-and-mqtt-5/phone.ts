import mqtt from 'mqtt';

const phone = mqtt.connect({
  host: 'localhost',
  clientId: 'my-phone',
  protocolVersion: 5,
});
phone.on('message', (topic, payload, { qos }) => {
  console.log(`${topic} ${String(payload)} (${qos})`);
});
phone.once('connect', () => {
  // Without options it is QoS 0.
  phone.subscribe('house/+/temperature', () => {
    phone.subscribe(['house/kitchen/smoke'], { qos: 1 });
  });
});
