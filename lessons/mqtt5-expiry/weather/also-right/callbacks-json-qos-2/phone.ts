import mqtt from 'mqtt';

const options = {
  host: 'localhost',
  port: 1883,
  clientId: 'pocket',
  clean: false,
  protocolVersion: 5,
  properties: { sessionExpiryInterval: 0xffffffff },
} as const;
const before = mqtt.connect(options);
before.on('connect', () => {
  before.subscribe({ 'weather/+': { qos: 2 } }, () =>
    before.publish('phone/state', 'off', { retain: true }, () =>
      before.end(() => setTimeout(comeBack, 7000)),
    ),
  );
});
function comeBack() {
  const after = mqtt.connect(options);
  after.on('message', (topic, payload) => console.log(topic, String(payload)));
  setTimeout(() => after.end(), 1500);
}
