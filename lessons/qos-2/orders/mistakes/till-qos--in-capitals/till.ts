import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'till', clean: false });
client.on('close', () => console.log('The line is closed.'));

// Orders come in when the kitchen has said that it is open.
const open = new Promise((resolve) => client.once('message', resolve));
await client.subscribeAsync('pizzeria/kitchen');
await open;

for (const pizza of ['Margherita', 'Funghi', 'Marinara', 'Diavola']) {
  await client.publishAsync('pizzeria/orders', pizza, { QoS: 2 } as {});
  console.log('Ordered:', pizza);
}
await client.endAsync();
