import { connect } from 'mqtt';

const lobby = connect({
  protocol: 'mqtt',
  host: 'localhost',
  port: 1883,
  username: 'lobby',
  clientId: ['lobby', 'screen'].join('-'),
  keepalive: 0x1e,
});
lobby.on('connect', () =>
  lobby.publish('lobby/screen', 'on', () => lobby.end()),
);
