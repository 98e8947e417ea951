import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'inspector',
});
client.on('message', (topic, payload) => {
  console.log(topic, payload.toString());
});
await client.subscribeAsync(['#', '$SYS/#']);

// Packets: on whose connection does house/alive come in all the time?
await client.publishAsync('report/flood', 'attic-sensor');
// Topics shows seven statuses, Broker six clients of the house.
const gone = 'house/status/garage-door';
await client.publishAsync(gone, '', { retain: true });

// The inspector looks for five seconds.
await new Promise((done) => setTimeout(done, 5000));
await client.endAsync();
