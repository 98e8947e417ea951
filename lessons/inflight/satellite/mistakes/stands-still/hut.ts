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

// Last night's 20 readings, all at once.
for (let n = 1; n <= 20; n++) {
  void send(n);
  if (n % 5 === 0) {
    await new Promise((go) => client.once('acknowledged' as 'connect', go));
  }
}

console.log('All 20 are acknowledged.');
await client.endAsync();
