import mqtt from 'mqtt';

const status = 'greenhouse/status';
const sensor = mqtt.connect('mqtt://localhost', {
  will: {
    topic: status,
    payload: Buffer.from('offline'),
    qos: 0,
    retain: true,
  },
});
// At each connect, also after the library has reconnected.
sensor.on('connect', () => sensor.publish(status, 'online', { retain: true }));
const timer = setInterval(
  () => sensor.publish('greenhouse/temperature', '21'),
  500,
);
setTimeout(() => {
  clearInterval(timer);
  sensor.end();
}, 7000);
