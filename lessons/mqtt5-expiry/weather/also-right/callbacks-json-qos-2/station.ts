import { connect } from 'mqtt';

const tower = connect('mqtt://localhost', { protocolVersion: 5 });
let minute = 0;
const timer = setInterval(() => {
  minute += 1;
  tower.publish('weather/now', JSON.stringify({ minute }), {
    qos: 2,
    properties: { messageExpiryInterval: 2 },
  });
  if (minute === 3) {
    tower.publish('weather/warning', Buffer.from('storm'), {
      qos: 1,
      properties: { messageExpiryInterval: 86400 },
    });
  }
  if (minute < 10) return;
  clearInterval(timer);
  tower.end();
}, 700);
