import { connect } from 'mqtt';

const sensor = connect('mqtt://localhost:1883', { clientId: 'greenhouse-7' });
let left = 20;

sensor.on('connect', () => {
  const timer = setInterval(() => {
    sensor.publish('home/livingroom/temperature', `21.${left} °C`, { qos: 1 });
    if (--left > 0) return;
    clearInterval(timer);
    sensor.end();
  }, 250);
});
