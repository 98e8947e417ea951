import mqtt from 'mqtt';

const me = 'mei';
const texts = ['Hi!', 'Mei here.', 'Who else?', 'MQTT!', 'You?', 'Bye!'];

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: me,
  reconnectPeriod: 0, // whoever closes the laptop does not come back
  // What should the broker say then? Leave it here.
});
client.on('message', (topic, payload) => {
  const [, who, what] = topic.split('/');
  if (what === 'here') console.log(who, 'is', payload.toString());
  else if (who !== me) console.log(`${who}:`, payload.toString());
});
// Say here that you are online, and subscribe.

for (let n = 0; n < texts.length && client.connected; n++) {
  console.log(texts[n]);
  // Publish the text here.
  await new Promise((resolve) => setTimeout(resolve, 500));
}
