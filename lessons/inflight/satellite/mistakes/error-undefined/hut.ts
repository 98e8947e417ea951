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

const readings = undefined as unknown as number[];
await Promise.all(readings.map(send));

console.log('All 20 are acknowledged.');
await client.endAsync();
