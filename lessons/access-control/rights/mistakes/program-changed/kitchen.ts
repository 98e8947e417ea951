import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// Somebody has tampered with this sensor.
// Change the broker, not the programs.
const client = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'sensor-1',
  username: 'kitchen',
  password: 'soup-12',
  reconnectPeriod: 0,
});
await pause(2000);
for (let n = 1; n <= 4; n++) {
  await client.publishAsync('home/kitchen/temperature', '21', { qos: 1 });
  await pause(400);
}
await client.endAsync();
