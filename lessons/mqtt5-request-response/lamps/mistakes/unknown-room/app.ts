import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'app',
  protocolVersion: 5,
});
const rooms = ['kitchen', 'hall', 'garden'];

client.on('message', (topic, payload, packet) => {
  const room = rooms[Number(packet.properties?.correlationData?.toString())];
  console.log(room, 'is', payload.toString());
  client.publish(`report/${room}`, payload);
});
await client.subscribeAsync('app/answers');

for (const [n, room] of rooms.entries()) {
  await client.publishAsync(`lamp/${room}/get`, '', {
    properties: {
      responseTopic: 'app/answers',
      correlationData: Buffer.from([n]),
    },
  });
}
await new Promise((resolve) => setTimeout(resolve, 4000));
await client.endAsync();
