import mqtt, { type MqttClient } from 'mqtt';

const years = new Map<string, number>();
const rules: [string, (of: (card: string) => number | undefined) => number][] =
  [
    ['pipeline', (of) => of('five')! - 20],
    ['free', (of) => of('pipeline')! + 11],
    ['messenger', (of) => of('free')! + 1],
  ];
function tell(client: MqttClient): void {
  for (const [card, rule] of rules)
    years.set(
      card,
      rule((one) => years.get(one)),
    );
  for (const [card, year] of years)
    client.publish('timeline/' + year, Buffer.from(card), { qos: 2 });
  client.end();
}
const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
});
client.on('message', (topic, payload) => {
  const card = topic.split('/')[1]!;
  const [found] = /(?:19|20)\d\d$|(?<=:)\d{4}/.exec(payload.toString()) ?? [];
  if (found !== undefined) years.set(card, Number(found));
  if (years.size === 3) tell(client);
});
await client.subscribeAsync('archive/+', { qos: 1 });
