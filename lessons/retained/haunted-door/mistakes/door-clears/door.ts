import mqtt from 'mqtt';

// The door is switched on a moment after the repair.
await new Promise((resolve) => setTimeout(resolve, 2000));
const client = await mqtt.connectAsync('mqtt://localhost');
client.on('message', (topic, payload, packet) => {
  console.log(topic, payload.toString(), 'RETAIN =', packet.retain);
  if (payload.toString() === 'open') client.publish(topic, '', { retain: true });
});
await client.subscribeAsync('home/door/command');
console.log('The door is on, and waits for commands.');

await new Promise((resolve) => setTimeout(resolve, 1000));
await client.endAsync();
