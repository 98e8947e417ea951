import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
const show = (room: string, value: number) =>
  client.publishAsync(
    `house/${room}`,
    JSON.stringify({ value, unit: 'C', at: new Date().toISOString() }),
    { qos: 2 },
  );
client.on('message', (topic, payload) => {
  if (topic !== 'radio/attic') return;
  const value = parseFloat(payload.toString());
  if (!isNaN(value)) void show('attic', value);
});
client.on('message', (topic, payload) => {
  if (topic !== 'radio/kitchen') return;
  try {
    const { temp } = JSON.parse(payload.toString());
    void show('kitchen', ((temp - 32) * 5) / 9);
  } catch {
    console.log('The kitchen sent no JSON.');
  }
});
client.on('message', (topic, payload) => {
  if (topic === 'radio/garage' && payload.length === 2)
    void show('garage', payload.readIntBE(0, 2) / 10);
});
await client.subscribeAsync(['radio/attic', 'radio/kitchen', 'radio/garage']);
