import { connect } from 'mqtt';

const filters: [string, string][] = [
  ['bedroom-lamp', 'v1/家/二樓/臥室/燈/設定'],
  ['ground-floor', 'v1/家/一樓/+/+'],
  ['all-lights', 'v1/家/+/+/燈'],
];
for (const [clientId, filter] of filters) {
  const client = connect('mqtt://localhost', { clientId, protocolVersion: 5 });
  client.on('connect', () => client.subscribe([filter]));
  client.on('message', (topic, payload) => console.log(topic, String(payload)));
}
