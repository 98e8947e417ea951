import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'till',
  clean: false,
  protocolVersion: 5,
});
client.on('close', () => console.log('The connection is closed.'));

for (const pizza of ['Margherita', 'Funghi', 'Marinara', 'Diavola']) {
  await client.publishAsync('pizzeria/orders', pizza, { qos: 2 });
  console.log('Ordered:', pizza);
}
await client.endAsync();
