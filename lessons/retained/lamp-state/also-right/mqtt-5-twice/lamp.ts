import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
});
for (const state of ['on', 'off']) {
  await client.publishAsync('home/lamp/state', state, { retain: true });
}
await client.endAsync();
