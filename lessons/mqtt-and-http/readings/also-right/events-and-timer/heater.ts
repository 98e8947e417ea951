import { connect } from 'mqtt';

const heater = connect({ host: 'localhost', port: 1883, protocolVersion: 5 });
let n = 0;
heater.on('message', (topic, text) =>
  console.log('heard', topic, String(text)),
);
heater.on('connect', () => {
  heater.subscribe('kitchen/heater/set', { qos: 1 });
  const timer = setInterval(() => {
    n++;
    const value = Buffer.from((21 + n / 10).toFixed(1));
    heater.publish('kitchen/heater/temperature', value, { qos: 1 });
    if (n < 20) return;
    clearInterval(timer);
    heater.end();
  }, 80);
});
