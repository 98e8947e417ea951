import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'fridge' });
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// The display has two seconds to subscribe.
await pause(2000);
for (const value of [4, 4.5, 5, 6]) {
  const reading = { value, at: new Date().toISOString() };
  const options = { retain: true };
  await client.publishAsync('fridge/temperature', JSON.stringify(reading), options);
  await pause(500);
}
// The sensor hangs: it is connected, and silent.
await pause(3500);
await client.endAsync();
