import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

for (let hour = 0; hour < 4; hour++) {
  const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'heater' });
  await client.subscribeAsync('kitchen/heater/set');
  for (let n = 1; n <= 5; n++) {
    const value = (21 + (5 * hour + n) / 10).toFixed(1);
    await client.publishAsync('kitchen/heater/temperature', value);
    await pause(100);
  }
  await client.endAsync();
}
