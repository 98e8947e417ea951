import mqtt from 'mqtt';

const url = 'mqtt://localhost';
const session = { clientId: 'phone', clean: false, reconnectPeriod: 0 };

// In the evening the phone subscribes, and goes off.
const phone = await mqtt.connectAsync(url, session);
await phone.subscribeAsync('house/alarm', { qos: 1 });
const heard = new Promise((resolve) => phone.once('message', resolve));

// At night a pipe breaks.
const house = await mqtt.connectAsync(url, {
  clientId: 'house',
  keepalive: 8,
});
await house.publishAsync('house/alarm', 'water in the cellar', { qos: 1 });
await heard;
await phone.publishAsync('house/heard', 'yes', { qos: 1 });
await house.publishAsync('house/valve', 'closed', { qos: 1, retain: true });
console.log('Now end the broker.');

// Once the broker is back, so is the phone.
await new Promise((resolve) => house.once('connect', resolve));
const morning = mqtt.connect(url, session);
morning.on('message', (topic, payload) =>
  console.log(topic, payload.toString()),
);
await morning.subscribeAsync('house/valve', { qos: 1 });
await new Promise((resolve) => setTimeout(resolve, 1000));
await morning.endAsync();
await house.endAsync();
