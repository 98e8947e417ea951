import { connect } from 'mqtt';

setTimeout(() => {
  const door = connect('mqtt://localhost');
  door.on('connect', () => door.subscribe('home/door/+'));
  door.on('message', (_topic, payload) => console.log(String(payload)));
  setTimeout(() => door.end(), 1000);
}, 3000);
