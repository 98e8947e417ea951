import { connect } from 'mqtt';

// The broker assigns one.
const sensor = connect('mqtt://localhost', {
  clientId: '',
  protocolVersion: 5,
});
sensor.once('connect', () => {
  setInterval(() => sensor.publish('home/bedroom/temperature', '19'), 700);
});
