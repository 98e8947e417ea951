import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'inspector',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAllAsync(['#', '$SYS/#']);

await client.publishAsync('report/flood', 'attic-sensor');
await client.publishAsync('house/status/garage-door', '', { retain: true });

await new Promise((done) => setTimeout(done, 5000));
await client.endAsync();
