import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

for (let n = 1; n <= 20; n++) {
  const client = await mqtt.connectAsync('mqtt://localhost');
  await client.subscribeAsync('kitchen/heater/set');
  const value = (21 + n / 10).toFixed(1);
  await client.publishAsync('kitchen/heater/temperature', value);
  await client.endAsync();
  await pause(100);
}
