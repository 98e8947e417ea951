import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'press',
  protocolVersion: 5,
  reconnectPeriod: 0,
});
const press = 'factory/hall-3/line-7/press-2';

for (let n = 1; n <= 10; n++) {
  const first = n === 1;
  await client.publishAsync(
    first ? `${press}/temperature` : '',
    `${60 + n}`,
    first ? { properties: { topicAlias: 1 } } : {},
  );
  await client.publishAsync(
    first ? `${press}/pressure` : '',
    `${200 - n}`,
    { properties: { topicAlias: 2 } },
  );
}
await client.endAsync();
