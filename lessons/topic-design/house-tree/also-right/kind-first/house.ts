import mqtt from 'mqtt';

// The values stay; the topics are yours.
const messages: [string, string][] = [
  ['light/0/kitchen', '70'], // ground floor: light, in per cent
  ['light/0/living', '45'], // ground floor: light
  ['light/1/bedroom', '30'], // upper floor: light
  ['temp/0/kitchen', '21'], // ground floor: temperature
  ['temp/1/bedroom', '18'], // upper floor: temperature
  ['set/light/1/bedroom', '55'], // a command: the bedroom's light, to 55
];

const client = await mqtt.connectAsync('mqtt://localhost');
for (let round = 1; round <= 5; round++) {
  await new Promise((resolve) => setTimeout(resolve, 1200));
  for (const [topic, value] of messages) {
    await client.publishAsync(topic, value);
  }
}
await client.endAsync();
