import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'press',
  protocolVersion: 5,
});
const press = 'factory/hall-3/line-7/press-2';

await client.publishAsync(`${press}/temperature`, 'start', {
  properties: { topicAlias: 10 },
});
await client.publishAsync(`${press}/pressure`, 'start', {
  properties: { topicAlias: 9 },
});
for (let n = 1; n <= 10; n++) {
  await client.publishAsync('', `${60 + n}`, {
    properties: { topicAlias: 10 },
  });
  await client.publishAsync('', `${200 - n}`, {
    properties: { topicAlias: 9 },
  });
}
await client.endAsync();
