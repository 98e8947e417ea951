import mqtt from 'mqtt';

const options = { host: 'localhost', clientId: 'pocket-1', clean: false };
const before = mqtt.connect(options);
before.on('connect', () => {
  before.subscribe('home/#', { qos: 2 }, () => before.end());
});
setTimeout(() => {
  const after = mqtt.connect(options);
  after.on('message', (topic, payload) => console.log(topic, String(payload)));
  setTimeout(() => after.end(), 2000);
}, 4500);
