import { connect } from 'mqtt';

const page = connect({
  host: 'localhost',
  port: 8080,
  protocol: 'ws',
  protocolVersion: 5,
});
page.on('connect', () => page.subscribe('greenhouse/#', { qos: 1 }));
page.on('message', (topic, payload) => console.log(topic, String(payload)));
