import mqtt from 'mqtt';

// Runs on the Pi, beside the broker.
const client = await mqtt.connectAsync(
  'mqtt://localhost',
  { clientId: 'sensor', reconnectPeriod: 0 },
  false,
);
await client.publishAsync('home/temp', '21', { retain: true });
await client.endAsync();
