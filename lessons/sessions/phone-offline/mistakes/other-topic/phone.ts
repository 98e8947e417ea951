import mqtt from 'mqtt';

// Change only this line.
const options = { clientId: 'phone', clean: false };

const first = await mqtt.connectAsync('mqtt://localhost', options);
await first.subscribeAsync('home/door', { qos: 1 });
await first.endAsync();
console.log('The phone is off.');

await new Promise((resolve) => setTimeout(resolve, 4000));
const second = mqtt.connect('mqtt://localhost', options);
second.on('connect', ({ sessionPresent }) =>
  console.log('Back; session present:', sessionPresent),
);
second.on('message', (topic, payload) =>
  console.log(topic, payload.toString()),
);

await new Promise((resolve) => setTimeout(resolve, 2000));
await second.endAsync();
