import mqtt from 'mqtt';
import { thermometer } from 'device';

const sensor = thermometer('living room');
const client = await mqtt.connectAsync('mqtt://localhost:1884', {
  clientId: 'sensor',
  reconnectPeriod: 0, // with an empty battery it won't come back
  will: {
    topic: 'home/livingroom/sensor',
    payload: Buffer.from('offline'),
    qos: 1,
    retain: true,
  },
});
const kept = { qos: 1, retain: true } as const;
await client.publishAsync('home/livingroom/sensor', 'online', kept);

for (let n = 1; n <= 8 && client.connected; n++) {
  const value = (sensor.read() + n / 10).toFixed(1);
  console.log(value);
  client.publish('home/livingroom/temperature', value, { retain: true });
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
