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
  client.publishAsync('hut/wind', `reading ${n}`, { qos: 1, properties: { responseTopic: 'hut/#' } });

for (let n = 1; n <= 20; n += 5) {
  await Promise.all([n, n + 1, n + 2, n + 3, n + 4].map(send));
}

console.log('All 20 are acknowledged.');
await client.endAsync();
