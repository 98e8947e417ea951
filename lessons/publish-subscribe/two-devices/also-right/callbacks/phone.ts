import { connect } from 'mqtt';

setTimeout(() => {
  const screen = connect('mqtt://localhost');
  screen.on('connect', () =>
    screen.subscribe('home/livingroom/temperature', { qos: 1 }),
  );
  screen.on('message', (_topic, payload) => console.log(String(payload)));
}, 2000);
