import mqtt from 'mqtt';

// Ann opens the chat twice, and keeps her session in between.
for (const text of ['Hello!', 'Who has the key?']) {
  const client = mqtt.connect('mqtt://localhost', {
    clientId: 'ann',
    protocolVersion: 5,
    clean: false,
    properties: { sessionExpiryInterval: 60 },
  });
  client.on('message', (topic, payload) =>
    console.log(topic, '|', payload.toString()),
  );
  await client.subscribeAsync('chat/#', {
    qos: 1,
    nl: true,
  });
  console.log('You:', text);
  await client.publishAsync('chat/garden', `Ann: ${text}`, { qos: 1 });
  await new Promise((resolve) => setTimeout(resolve, 2000));
  (client as never as { stop(): void }).stop();
}
