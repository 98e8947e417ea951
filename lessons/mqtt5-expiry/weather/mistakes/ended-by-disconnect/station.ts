import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
});
const seconds = (n: number) =>
  new Promise((resolve) => setTimeout(resolve, n * 1000));
// True for three seconds.
const report = (text: string) =>
  client.publishAsync('weather/now', text, {
    qos: 1,
    properties: { messageExpiryInterval: 3 },
  });

await seconds(1.5);
await report('sun');
// True until tomorrow.
await client.publishAsync('weather/warning', 'storm tonight', { qos: 1 });
await seconds(3);
await report('rain');
await client.endAsync();
