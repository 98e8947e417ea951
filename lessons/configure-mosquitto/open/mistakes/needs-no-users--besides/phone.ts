import mqtt from 'mqtt';

// The phone has no user name: it knocks as anybody would.
try {
  const client = await mqtt.connectAsync('mqtt://localhost:1883', { reconnectPeriod: 0 }, false);
  console.log('The phone is in.');
  await client.publishAsync('home/phone', 'hello');
  await client.endAsync();
} catch (error) {
  console.log('The phone stays outside:', String(error));
}
