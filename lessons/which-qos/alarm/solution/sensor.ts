import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor',
});
// It begins when the phone is ready.
const ready = new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('phone/ready');
await ready;

for (const celsius of [21, 22, 60]) {
  await client.publishAsync('house/kitchen/temperature', `${celsius}`, {
    qos: 1,
  });
  await client.publishAsync('house/kitchen/smoke', `${celsius > 50}`, {
    qos: 2,
  });
  await new Promise((resolve) => setTimeout(resolve, 400));
}
await client.endAsync();
