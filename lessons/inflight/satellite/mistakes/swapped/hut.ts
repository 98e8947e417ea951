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

// Five parts of four readings, all five parts at once.
const part = async (first: number) => {
  for (let n = first; n < first + 4; n++) await send(n);
};
await Promise.all([1, 5, 9, 13, 17].map(part));

console.log('All 20 are acknowledged.');
await client.endAsync();
