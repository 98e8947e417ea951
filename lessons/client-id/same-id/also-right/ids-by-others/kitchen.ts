import { connect } from 'mqtt';

// MQTT.js makes an id up.
const sensor = connect('mqtt://localhost');
sensor.once('connect', () => {
  setInterval(() => sensor.publish('home/kitchen/temperature', '21'), 700);
});
