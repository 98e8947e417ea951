import { readFileSync } from 'node:fs';
import mqtt from 'mqtt';

const till = await mqtt.connectAsync('mqtts://localhost:8884', {
  ca: readFileSync('shop-ca.crt'),
  cert: readFileSync('till.crt'),
  key: readFileSync('till.key'),
});
await till.publishAsync('shop/till', 'closed');
await till.endAsync();
