import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'history',
});
client.on('message', (topic, payload) => console.log(`${topic}: ${payload}`));
await client.subscribeAsync('archive/+');

await client.publishAsync('timeline/2014', 'oasis');
await client.publishAsync('timeline/2016', 'iso');
await client.publishAsync('timeline/2019', 'five');
await client.publishAsync('timeline/${2019 - 20}', 'pipeline');
await client.publishAsync('timeline/2010', 'free');
await client.publishAsync('timeline/2011', 'messenger');

await client.endAsync();
