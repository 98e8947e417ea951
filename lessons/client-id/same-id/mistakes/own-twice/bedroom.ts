import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'bedroom-thermometer',
});
console.log('Connected.');
client.on('close', () => console.log('The connection is closed.'));
client.on('connect', () => console.log('Connected again.'));

for (let n = 1; n <= 12; n++) {
  await client.publishAsync('home/bedroom/temperature', `${20 + n / 10}`);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
await client.endAsync();
