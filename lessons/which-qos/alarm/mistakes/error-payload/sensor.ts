import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor',
});
// The phone has two seconds to subscribe.
await new Promise((resolve) => setTimeout(resolve, 2000));

for (const celsius of [21, 22, 60]) {
  await client.publishAsync('house/kitchen/temperature', `${celsius}`, {
    qos: 1,
  });
  await client.publishAsync('house/kitchen/smoke', celsius as never, {
    qos: 2,
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
}
await client.endAsync();
