import mqtt from 'mqtt';

// A microcontroller: it opens a TCP connection.
const client = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'sensor',
  reconnectPeriod: 0,
});
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
// The page has two seconds to subscribe.
await pause(2000);
for (const humidity of ['61', '64', '67']) {
  await client.publishAsync('greenhouse/humidity', humidity);
  await pause(500);
}
await client.endAsync();
