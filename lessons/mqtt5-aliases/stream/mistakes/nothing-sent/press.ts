import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'press',
  protocolVersion: 5,
});
const press = 'factory/hall-3/line-7/press-2';

for (let n = 1; n <= 10; n++) {
  await client.publishAsync(`${press}/temperature`, `${60 + n}`, {
    properties: { topicAlias: 't' as never },
  });
  await client.publishAsync(`${press}/pressure`, `${200 - n}`);
}
await client.endAsync();
