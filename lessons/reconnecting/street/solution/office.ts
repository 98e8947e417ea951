import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'office',
});
// Once a second: who is there?
for (let n = 1; n <= 15; n++) {
  await client.publishAsync('street/roll-call', `call ${n}`);
  await new Promise((done) => setTimeout(done, 1000));
}
await client.endAsync();
