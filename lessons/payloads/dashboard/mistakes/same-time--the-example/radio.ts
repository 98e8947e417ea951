import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'radio',
});
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// What the receiver hears. A new battery: an empty message from each.
const batteries = ['', '', ''];
const heard = [
  ['19.5', '{ "temp": 69.8, "unit": "F" }', Buffer.from([0xff, 0xdd])],
  batteries,
  ['20', '{ "temp": 71.6, "unit": "F" }', Buffer.from([0xff, 0xd8])],
  batteries,
  ['20.5', '{ "temp": 73.4, "unit": "F" }', Buffer.from([0xff, 0xd3])],
] as const;
// The dashboard has two seconds to subscribe.
await pause(2000);
for (const [attic, kitchen, garage] of heard) {
  await client.publishAsync('radio/attic', attic);
  await client.publishAsync('radio/kitchen', kitchen);
  await client.publishAsync('radio/garage', garage);
  await pause(600);
}
await pause(800);
await client.endAsync();
