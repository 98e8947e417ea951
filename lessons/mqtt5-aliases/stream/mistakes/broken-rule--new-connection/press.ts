import mqtt from 'mqtt';

const press = 'factory/hall-3/line-7/press-2';
for (let n = 1; n <= 10; n++) {
  const client = await mqtt.connectAsync('mqtt://localhost', { protocolVersion: 5, reconnectPeriod: 0 });
  const first = n === 1;
  await client.publishAsync(first ? `${press}/temperature` : '', `${60 + n}`, { properties: { topicAlias: 1 } });
  await client.publishAsync(first ? `${press}/pressure` : '', `${200 - n}`, { properties: { topicAlias: 2 } });
  await client.endAsync();
}
