import mqtt from 'mqtt';

// The values stay; the topics are yours.
const messages: [string, string][] = [
  ['home/kitchen/light', '70'], // ground floor: light, in per cent
  ['home/living/light', '45'], // ground floor: light
  ['home/bedroom/light', '30'], // upper floor: light
  ['home/kitchen/temp', '21'], // ground floor: temperature
  ['home/bedroom/temp', '18'], // upper floor: temperature
  ['home/bedroom/light/set', '55'], // a command: the bedroom's light, to 55
];

const client = await mqtt.connectAsync('mqtt://localhost');
for (let round = 1; round <= 5; round++) {
  await new Promise((resolve) => setTimeout(resolve, 1200));
  for (const [topic, value] of messages) {
    await client.publishAsync(topic, value);
  }
}
await client.endAsync();
