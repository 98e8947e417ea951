import { connect } from 'mqtt';

const station = connect({ host: 'localhost', port: 1883, protocol: 'mqtt' });
const places: [string, string][] = [
  ['stable', 'light'],
  ['pond', 'level'],
  ['alarm', 'siren'],
  ['barn', 'door'],
  ['barn', 'temperature'],
];
station.on('connect', () => {
  for (const place of places) {
    station.publish(['farm', ...place].join('/'), Buffer.from('1'));
  }
  station.end();
});
