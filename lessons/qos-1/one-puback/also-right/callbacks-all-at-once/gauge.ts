import mqtt from 'mqtt';

const gauge = mqtt.connect({ host: 'localhost', clientId: 'rain-gauge-7' });
const rain = [1, 2, 2, 4, 3];
let left = rain.length;
gauge.once('connect', () => {
  // All at once: five messages wait for their PUBACK.
  rain.forEach((mm, at) => {
    gauge.publish('weather/rain', `${at + 1}: ${mm}`, { qos: 1 }, () => {
      left--;
      if (left === 0) gauge.end();
    });
  });
});
