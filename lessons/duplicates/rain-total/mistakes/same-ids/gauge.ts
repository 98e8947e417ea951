import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'gauge',
  clean: false,
});
client.on('close', () => console.log('The connection is closed.'));

// It rains when the station has said that it listens.
const listening = new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('weather/station');
await listening;

let id = 0;
for (const mm of [1, 2, 2, 4, 3]) {

  const reading = JSON.stringify({ id, mm });
  await client.publishAsync('weather/rain', reading, { qos: 1 });
  console.log('Reading', id, 'is acknowledged:', mm, 'mm');
  await new Promise((resolve) => setTimeout(resolve, 500));
}
await client.endAsync();
