import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'phone',
});
client.on('message', (topic, payload, packet) => {
  console.log(topic, payload.toString(), 'QoS', packet.qos);
});

await client.subscribeAsync('house/+/smoke', { qos: 1 });
await client.subscribeAsync('house/+/temperature', { qos: 0 });
