import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'press',
  protocolVersion: 5,
});
const press = 'factory/hall-3/line-7/press-2';

for (const [name, from] of [
  ['temperature', 60],
  ['pressure', 200],
] as const) {
  for (let n = 0; n < 10; n++) {
    const topic = n === 0 ? `${press}/${name}` : '';
    await client.publishAsync(topic, `${from + n}`, {
      qos: 2,
      properties: { topicAlias: 3 },
    });
  }
}
await client.endAsync();
