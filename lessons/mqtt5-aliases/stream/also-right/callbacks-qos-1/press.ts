import { connect } from 'mqtt';

const machine = connect({ host: 'localhost', port: 1883, protocolVersion: 5 });
const aliases = new Map<string, number>();
function send(topic: string, body: Buffer) {
  const known = aliases.get(topic);
  const topicAlias = known ?? aliases.size + 1;
  aliases.set(topic, topicAlias);
  machine.publish(known === undefined ? topic : '', body, {
    qos: 1,
    properties: { topicAlias, contentType: 'text' },
  });
}
machine.on('connect', () => {
  for (let n = 0; n < 12; n++) {
    send('factory/hall-3/line-7/press-2/pressure', Buffer.from([n]));
    send(
      'factory/hall-3/line-7/press-2/temperature',
      Buffer.from(JSON.stringify({ n })),
    );
  }
  machine.end();
});
