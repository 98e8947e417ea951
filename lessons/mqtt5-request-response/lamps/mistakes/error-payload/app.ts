import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'app',
  protocolVersion: 5,
});
const rooms = ['kitchen', 'hall', 'garden'];

client.on('message', (topic, payload, packet) => {
  const room = packet.properties?.correlationData?.toString();
  console.log(room, 'is', payload.toString());
  client.publish(`report/${room}`, { room } as never);
});
await client.subscribeAsync('app/answers');

for (const room of rooms) {
  await client.publishAsync(`lamp/${room}/get`, '', {
    properties: {
      responseTopic: 'app/answers',
      correlationData: Buffer.from(room),
    },
  });
}
await new Promise((resolve) => setTimeout(resolve, 4000));
await client.endAsync();
