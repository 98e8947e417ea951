import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'gauge',
});
client.on('close', () => console.log('The connection is closed.'));

let reading = 0;
for (const mm of [1, 2, 2, 4, 3]) {
  reading++;
  const text = `reading ${reading}: ${mm} mm`;
  await client.publishAsync('weather/rain', text, { qos: 1 });
  console.log('Acknowledged:', text);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
await client.endAsync();
