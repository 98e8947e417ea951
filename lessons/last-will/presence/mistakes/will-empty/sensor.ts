import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor',
  reconnectPeriod: 0, // without its battery it won't come back
  will: { topic: 'greenhouse/status', payload: '', qos: 1, retain: true },
});
client.on('close', () => console.log('The connection is cut.'));
await client.publishAsync('greenhouse/status', 'online', { qos: 1, retain: true });

for (let n = 1; n <= 9 && client.connected; n++) {
  client.publish('greenhouse/temperature', `${20 + n / 10}`);
  await new Promise((resolve) => setTimeout(resolve, 500));
}
