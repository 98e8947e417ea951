import mqtt from 'mqtt';

const readings = {
  'farm/barn/temperature': '12.5',
  'farm/barn/door': 'open',
  'farm/alarm/siren': 'fire',
  'farm/pond/level': '0.8',
  'farm/stable/light': 'on',
};

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('close', () => console.log('The connection is closed.'));

for (const [topic, payload] of Object.entries(readings)) {
  await client.publishAsync(payload, topic);
  console.log('Published to', topic);
  await new Promise((resolve) => setTimeout(resolve, 300));
}
await client.endAsync();
