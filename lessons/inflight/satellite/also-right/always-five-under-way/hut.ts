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

// As soon as one is acknowledged, the next one goes.
const inFlight = new Set<Promise<unknown>>();
for (let n = 1; n <= 20; n++) {
  if (inFlight.size === 5) await Promise.race(inFlight);
  const one: Promise<unknown> = send(n).finally(() => inFlight.delete(one));
  inFlight.add(one);
}
await Promise.all(inFlight);

console.log('All 20 are acknowledged.');
await client.endAsync();
