import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'dashboard',
});

// In °C, whatever the maker of the sensor does.
function read(room: string | undefined, payload: Buffer): number {
  if (room === 'attic') return Number(payload.toString());
  if (room === 'garage') return payload.readInt16BE(0) / 10;
  const { temp } = JSON.parse(payload.toString());
  return temp - (32 * 5) / 9;
}

client.on('message', (topic, payload) => {
  // An empty message is no reading.
  if (payload.length === 0) return;
  const room = topic.split('/')[1];
  const reading = {
    value: read(room, payload),
    unit: 'C',
    at: new Date().toISOString(),
  };
  client.publish(`house/${room}`, JSON.stringify(reading));
});
await client.subscribeAsync('radio/+');
