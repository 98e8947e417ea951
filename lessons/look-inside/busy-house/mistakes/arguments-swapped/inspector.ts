import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'inspector',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync(['#', '$SYS/#']);

await client.publishAsync('attic-sensor', 'report/flood');
await client.publishAsync('house/status/garage-door', '', { retain: true });

// The inspector looks for five seconds.
await new Promise((done) => setTimeout(done, 5000));
await client.endAsync();
