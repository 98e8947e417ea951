import mqtt from 'mqtt';
import { thermometer } from 'device';

const sensor = thermometer('living room');
const client = await mqtt.connectAsync('mqtt://localhost', {
  clientId: 'sensor',
  reconnectPeriod: 0, // with an empty battery it won't come back
  // What should the broker say then? Leave it here.
});
// Say here that the sensor is there.

for (let n = 1; n <= 8 && client.connected; n++) {
  const value = (sensor.read() + n / 10).toFixed(1);
  console.log(value);
  // Publish the value here.
  await new Promise((resolve) => setTimeout(resolve, 1000));
}
