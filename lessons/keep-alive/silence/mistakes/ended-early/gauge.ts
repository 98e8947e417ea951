import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'river-gauge',
  reconnectPeriod: 0, // its radio will be dead
  keepalive: 2,
});

await client.publishAsync('river/level', '1.2');
console.log('The level is steady: nothing to publish.');
await pause(3500);
// Here the radio dies: the room freezes the connection.
client.publish('river/level', '4.8');
await pause(500);
await client.endAsync();
