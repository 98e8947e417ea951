import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'counter',
  protocolVersion: 5,
});
const pause = () => new Promise((resolve) => setTimeout(resolve, 300));

// It opens when both cooks are there, or after three seconds.
let cooks = 0;
const here = new Promise((resolve) =>
  client.on('message', () => ++cooks === 2 && resolve(cooks)),
);
await client.subscribeAsync('cook/+', { qos: 0, rap: true });
const late = new Promise((resolve) => setTimeout(resolve, 3000));
await Promise.race([here, late]);

for (let order = 1; order <= 15; order++) {
  await client.publishAsync('$share/kitchen/orders', `order ${order}`, { qos: 1 });
  await pause();
}
await client.endAsync();
