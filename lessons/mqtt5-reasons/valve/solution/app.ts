import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'app',
  protocolVersion: 5,
});
client.on('packetreceive', (packet) => {
  if (packet.cmd !== 'puback') return;
  console.log('PUBACK, reason code', packet.reasonCode);
});

// Three manuals, three topics. Which one opens the valve?
const topics = ['garden/valve', 'garden/request/tap', 'garden/request/valve'];
for (const topic of topics) {
  try {
    await client.publishAsync(topic, 'open', {
      qos: 1,
      properties: { userProperties: { from: 'app' } },
    });
    console.log(topic, 'is done.');
  } catch (error) {
    console.log(topic, String(error));
  }
}
await client.endAsync();
