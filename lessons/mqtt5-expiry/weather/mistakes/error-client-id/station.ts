import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'station',
  protocolVersion: 5,
});
// A report is true for four seconds.
const report = (text: string) =>
  client.publishAsync('weather/now', text, {
    qos: 1,
    properties: { messageExpiryInterval: 4 },
  });
const pause = () => new Promise((resolve) => setTimeout(resolve, 2300));

// It begins when the phone goes off.
const off = new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('phone/state', { qos: 0, rap: true });
await off;
await new Promise((resolve) => setTimeout(resolve, 500));
await report('sun');
await pause();
// A warning is true until tomorrow.
await client.publishAsync('weather/warning', 'storm tonight', { qos: 1 });
await pause();
await report('rain');
await client.endAsync();
