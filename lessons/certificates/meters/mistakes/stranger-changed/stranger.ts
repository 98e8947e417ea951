import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

// The stranger's own authority has signed: CN=meter-17.
const client = await mqtt.connectAsync('mqtts://localhost:8883', {
  clientId: 'stranger',
  protocolVersion: 5,
  reconnectPeriod: 0,
  ca: readFileSync('ca.crt'),
});
await client.publishAsync('meters/meter-17/kwh', '9999', { qos: 1 });
await client.endAsync();
