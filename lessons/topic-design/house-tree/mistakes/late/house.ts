import mqtt from 'mqtt';

// The values stay; the topics are yours.
const messages: [string, string][] = [
  ['house/ground/kitchen/light/state', '70'], // ground floor: light, in per cent
  ['house/ground/living/light/state', '45'], // ground floor: light
  ['house/upper/bedroom/light/state', '30'], // upper floor: light
  ['house/ground/kitchen/temperature/state', '21'], // ground floor: temperature
  ['house/upper/bedroom/temperature/state', '18'], // upper floor: temperature
  ['house/upper/bedroom/light/set', '55'], // a command: the bedroom's light, to 55
];

const client = await mqtt.connectAsync('mqtt://localhost');
for (let round = 1; round <= 1; round++) {
  await new Promise((resolve) => setTimeout(resolve, 3000));
  for (const [topic, value] of messages) {
    await client.publishAsync(topic, value);
  }
}
await client.endAsync();
