import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'ben',
  protocolVersion: 5,
});
let made = 0;
client.on('message', (topic, payload) => {
  console.log('Ben makes', payload.toString());
  // After three pizzas Ben goes home.
  if (++made === 3) setTimeout(() => client.end(), 100);
});
await client.subscribeAsync('$share/kitchen/orders', { qos: 1 });
await client.publishAsync('cook/ben', 'here', { retain: true });
