import mqtt from 'mqtt';

const options = {
  clean: false,
  protocolVersion: 5,
  properties: { sessionExpiryInterval: 60 },
} as const;

const first = await mqtt.connectAsync('mqtt://localhost', options);
await first.subscribeAsync('weather/#', { qos: 1 });
await first.publishAsync('phone/state', 'off', { retain: true });
await first.endAsync();
console.log('The phone is off.');

await new Promise((resolve) => setTimeout(resolve, 7000));
const second = mqtt.connect('mqtt://localhost', options);
second.on('connect', ({ sessionPresent }) =>
  console.log('Back; session present:', sessionPresent),
);
second.on('message', (topic, payload) =>
  console.log(topic, payload.toString()),
);

await new Promise((resolve) => setTimeout(resolve, 1500));
await second.endAsync();
