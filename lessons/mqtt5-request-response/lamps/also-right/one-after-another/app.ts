import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'app',
  protocolVersion: 5,
});
await client.subscribeAsync('a');
for (const room of ['kitchen', 'hall', 'garden']) {
  const answer = new Promise<Buffer>((resolve) =>
    client.once('message', (t, p) => resolve(p)),
  );
  await client.publishAsync(`lamp/${room}/get`, '', {
    properties: { responseTopic: 'a', correlationData: Buffer.from(room) },
  });
  await client.publishAsync(`report/${room}`, await answer);
}
client.end();
