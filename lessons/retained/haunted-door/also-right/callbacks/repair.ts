import { connect } from 'mqtt';

const janitor = connect('mqtt://localhost', { protocolVersion: 5 });
janitor.on('message', (topic, _payload, { retain }) => {
  if (retain) janitor.publish(topic, '', { retain: true }, () => janitor.end());
});
janitor.on('connect', () => janitor.subscribe('home/door/#'));
