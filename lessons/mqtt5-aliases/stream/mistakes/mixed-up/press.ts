import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'press',
  protocolVersion: 5,
});
const press = 'factory/hall-3/line-7/press-2';

for (let n = 1; n <= 10; n++) {
  await client.publishAsync(n === 1 ? `${press}/temperature` : '', `${60 + n}`, { properties: { topicAlias: n === 1 ? 1 : 2 } });
  await client.publishAsync(n === 1 ? `${press}/pressure` : '', `${200 - n}`, { properties: { topicAlias: n === 1 ? 2 : 1 } });
}
await client.endAsync();
