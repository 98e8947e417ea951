import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'inspector',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync('#');

// Here you act on what you see.

// The inspector looks for five seconds.
await new Promise((done) => setTimeout(done, 5000));
await client.endAsync();
