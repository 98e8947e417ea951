import { readFile } from 'node:fs/promises';
import mqtt from 'mqtt';

const [ca, cert, key] = await Promise.all([
  readFile('ca.crt', 'utf8'),
  readFile('meter-18.crt', 'utf8'),
  readFile('meter-18.key', 'utf8'),
]);
const client = mqtt.connect({
  protocol: 'mqtts',
  host: 'localhost',
  port: 8883,
  clientId: 'meter-18',
  protocolVersion: 5,
  ...{ ca, cert, key },
});
client.on('connect', () => {
  client.publish('meters/meter-18/kwh', '2790', { qos: 1 }, () => client.end());
});
