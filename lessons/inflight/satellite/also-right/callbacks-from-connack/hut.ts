import { connect } from 'mqtt';

const hut = connect({
  host: 'localhost',
  port: 1883,
  protocol: 'mqtt',
  protocolVersion: 5,
});
let sent = 0;
let done = 0;
function next() {
  if (sent === 20) return;
  sent += 1;
  hut.publish('hut/wind', Buffer.from('reading ' + sent), { qos: 1 }, () => {
    done += 1;
    if (done === 20) hut.end();
    else next();
  });
}
hut.once('connect', ({ properties }) => {
  const limit = properties?.receiveMaximum ?? 65_535;
  for (let i = 0; i < limit; i++) next();
});
