import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'thermometer',
});
client.on('close', () => console.log('The connection is closed.'));

// It measures once the dashboard listens.
const listening = new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('greenhouse/dashboard');
await listening;

for (let n = 1; n <= 20; n++) {
  const reading = { n, celsius: 20 + (n % 5) };
  await client.publishAsync('greenhouse/temperature', JSON.stringify(reading));
  console.log('Sent', n);
  await new Promise((resolve) => setTimeout(resolve, 250));
}
await client.endAsync();
