import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

// Somebody has opened this meter, and it still has its key.
const client = await mqtt.connectAsync('mqtts://localhost:8883', {
  clientId: 'meter-17',
  protocolVersion: 5,
  reconnectPeriod: 0,
  ca: readFileSync('ca.crt'),
  cert: readFileSync('meter-17.crt'),
  key: readFileSync('meter-17.key'),
});
await client.publishAsync('meters/meter-17/kwh', '3412', { qos: 1 });
// Its neighbour has used nothing?
await client.endAsync();
