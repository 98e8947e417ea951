import mqtt from 'mqtt';

const phone = mqtt.connect({
  host: 'localhost',
  port: 1883,
  protocolVersion: 5,
});
const tell = (topic: string, next: () => void) =>
  phone.publish(
    topic,
    Buffer.from('open'),
    { qos: 2, properties: { userProperties: { from: 'my phone', room: '3' } } },
    (error) => {
      console.log(topic, error?.message);
      next();
    },
  );
phone.on('connect', () => {
  tell('garden/valve', () =>
    tell('garden/request/tap', () =>
      tell('garden/request/valve', () => phone.end()),
    ),
  );
});
