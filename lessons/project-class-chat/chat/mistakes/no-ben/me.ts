import mqtt from 'mqtt';

const me = 'mei';
const texts = ['Hi!', 'Mei here.', 'Who else?', 'MQTT!', 'You?', 'Bye!'];

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: me,
  reconnectPeriod: 0, // whoever closes the laptop does not come back
  will: {
    topic: `class/${me}/here`,
    payload: Buffer.from('offline'),
    qos: 1,
    retain: true,
  },
});
client.on('message', (topic, payload) => {
  const [, who, what] = topic.split('/');
  if (what === 'here') console.log(who, 'is', payload.toString());
  else if (who !== me) console.log(`${who}:`, payload.toString());
});
const kept = { qos: 1, retain: true } as const;
await client.publishAsync(`class/${me}/here`, 'online', kept);
await client.subscribeAsync(['class/+/here', 'class/+/chat/lobby/+']);

for (let n = 0; n < texts.length && client.connected; n++) {
  console.log(texts[n]);
  const topic = `class/${me}/chat/lobby/${n % 3}`;
  client.publish(topic, texts[n]!, { retain: true });
  await new Promise((resolve) => setTimeout(resolve, 500));
}
