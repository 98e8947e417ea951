import { connect } from 'mqtt';

const lamp = connect('mqtt://localhost');
lamp.on('connect', () => {
  lamp.publish('home/lamp/state', 'off at 7:00', { retain: true, qos: 1 }, () =>
    lamp.end(),
  );
});
