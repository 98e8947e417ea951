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
  client.publishAsync('hut/wind', `reading ${n}`, { qos: 2 });

const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
while (numbers.length > 0) await Promise.all(numbers.splice(0, 3).map(send));

console.log('All 20 are acknowledged.');
await client.endAsync();
