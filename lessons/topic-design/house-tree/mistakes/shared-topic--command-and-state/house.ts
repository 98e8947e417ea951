import mqtt from 'mqtt';

// The values stay; the topics are yours.
const messages: [string, string][] = [
  ['home/ground/kitchen/light', '70'], // ground floor: light, in per cent
  ['home/ground/living/light', '45'], // ground floor: light
  ['home/upper/bedroom/light', '30'], // upper floor: light
  ['home/ground/kitchen/temp', '21'], // ground floor: temperature
  ['home/upper/bedroom/temp', '18'], // upper floor: temperature
  ['home/upper/bedroom/light', '55'], // a command: the bedroom's light, to 55
];

const client = await mqtt.connectAsync('mqtt://localhost');
for (let round = 1; round <= 5; round++) {
  await new Promise((resolve) => setTimeout(resolve, 1200));
  for (const [topic, value] of messages) {
    await client.publishAsync(topic, value);
  }
}
await client.endAsync();
