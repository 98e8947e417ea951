import { connect } from 'mqtt';

const tower = connect('mqtt://localhost', { protocolVersion: 5 });
const tell = (topic: string, body: object, life: number, after: number) =>
  setTimeout(() => {
    tower.publish(topic, Buffer.from(JSON.stringify(body)), {
      qos: 2,
      properties: {
        messageExpiryInterval: life,
        contentType: 'application/json',
      },
    });
  }, after);
tower.subscribe('phone/+', { qos: 0, rap: true });
tower.once('message', () => {
  tell('weather/now', { sky: 'sun' }, 4, 500);
  tell('weather/warning', { storm: true }, 86400, 2800);
  tell('weather/now', { sky: 'rain' }, 4, 5000);
  setTimeout(() => tower.end(), 6000);
});
