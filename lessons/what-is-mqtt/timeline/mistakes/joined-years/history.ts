import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'history',
});
client.on('message', (topic, payload) => console.log(`${topic}: ${payload}`));
await client.subscribeAsync('archive/+');

// One card is in its place.
await client.publishAsync('timeline/2014', 'oasis');
await client.publishAsync('timeline/2016', 'iso');
const five = '2019';
await client.publishAsync('timeline/' + five, 'five');
const pipeline = '1999';
await client.publishAsync('timeline/' + pipeline, 'pipeline');
await client.publishAsync('timeline/' + pipeline + 11, 'free');
await client.publishAsync('timeline/' + pipeline + 12, 'messenger');

await client.endAsync();
