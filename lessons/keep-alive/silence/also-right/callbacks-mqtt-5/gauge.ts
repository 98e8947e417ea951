import { connect } from 'mqtt';

const river = connect({
  host: 'localhost',
  port: 1883,
  protocol: 'mqtt',
  protocolVersion: 5,
  keepalive: 2,
});
const level = (metres: number) =>
  river.publish('river/level', JSON.stringify({ metres }), { qos: 1 });
river.once('connect', () => {
  level(1.2);
  setTimeout(() => level(4.8), 3600);
});
