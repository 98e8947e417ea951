import mqtt, { type IClientPublishOptions } from 'mqtt';

const me = 'class/student-7';
const kept: IClientPublishOptions = { qos: 1, retain: true };
const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
  reconnectPeriod: 0,
  will: {
    topic: `${me}/here`,
    payload: Buffer.from('offline'),
    ...kept,
    qos: 1,
    retain: true,
  },
});
client.on('message', (topic, payload) =>
  console.log(topic, payload.toString()),
);
await client.subscribeAsync({
  'class/+/here': { qos: 1 },
  'class/+/chat/#': { qos: 1, nl: true },
});
await client.publishAsync(`${me}/here`, 'online', kept);

const slots = ['first', 'second', 'third'];
for (let n = 0; client.connected; n++) {
  const text = JSON.stringify({ n, text: `Message ${n}` });
  client.publish(`${me}/chat/lobby/${slots[n % slots.length]}`, text, {
    retain: true,
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
}
