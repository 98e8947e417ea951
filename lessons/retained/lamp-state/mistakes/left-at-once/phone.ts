import mqtt from 'mqtt';

// The phone comes two seconds after the lamp has spoken.
await new Promise((resolve) => setTimeout(resolve, 2000));
const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
});
client.on('message', (topic, payload, packet) => {
  console.log(topic, payload.toString(), 'RETAIN =', packet.retain);
});
await client.subscribeAsync('home/lamp/state', { qos: 0, rh: 2 });
console.log('The phone is here. Is the lamp on?');

await new Promise((resolve) => setTimeout(resolve, 1000));
await client.endAsync();
