import { connect } from 'mqtt';

const wall = connect('mqtt://localhost', {
  protocolVersion: 5,
  clientId: 'wall',
});
wall.on('connect', () => {
  wall.subscribe({ 'home/+/temperature': { qos: 0 }, 'garden/#': { qos: 2 } });
});
wall.on('message', (topic, payload) => console.log(topic, String(payload)));
