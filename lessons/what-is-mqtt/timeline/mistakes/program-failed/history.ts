import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'history',
});
client.on('message', (topic, payload) => console.log(`${topic}: ${payload}`));
await client.subscribeAsync('archive/+');

// One card is in its place.
await client.publishAsync('timeline/2014', 'oasis');
await client.publishAsync('timeline/1999', 'pipeline');
await client.publishAsync('timeline/2010', 'free');
await client.publishAsync('timeline/2011', 'messenger');
throw new Error('not yet');
await client.publishAsync('timeline/2019', 'five');

await client.endAsync();
