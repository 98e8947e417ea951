import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

// The new meter shows who it is.
const client = await mqtt.connectAsync('mqtts://localhost:8883', {
  clientId: 'meter-18',
  protocolVersion: 5,
  reconnectPeriod: 0,
  ca: readFileSync('ca.crt'),
  cert: readFileSync('meter-18.crt'),
  key: readFileSync('meter-18.key'),
});
await client.publishAsync('meters/meter-18/kwh', '2790', { qos: 1 });
await client.endAsync();
