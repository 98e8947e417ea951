import mqtt from 'mqtt';

const cards = {
  pipeline: 1999,
  free: 2010,
  messenger: 2011,
  oasis: 2014,
  iso: 2016,
  five: 2019,
};
const client = mqtt.connect({ host: 'localhost', port: 1883 });
client.on('connect', () => {
  for (const [card, year] of Object.entries(cards)) {
    client.publish(`timeline/${year}`, card, { qos: 1, retain: true });
  }
  client.end();
});
