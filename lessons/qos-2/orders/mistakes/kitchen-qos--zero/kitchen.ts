import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload, packet) => {
  console.log('Into the oven:', payload.toString(), 'QoS', packet.qos);
});
await client.subscribeAsync('pizzeria/orders');
await client.publishAsync('pizzeria/kitchen', 'open', { retain: true });
console.log('The kitchen is open.');
