import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'hut',
  protocolVersion: 5,
  reconnectPeriod: 0, // one try is enough
});
client.on('disconnect', ({ reasonCode }) =>
  console.log('The broker ended the connection:', reasonCode),
);
const send = (n: number) =>
  client.publishAsync('hut/wind', `reading ${n}`, { qos: 1 });

let waiting = 0;
for (let n = 1; n <= 20; n++) {
  while (waiting === 5) await new Promise((done) => setTimeout(done, 20));
  waiting++;
  client.publish('hut/wind', `reading ${n}`, { qos: 1 }, () => waiting--);
}
client.end(true);
