import mqtt from 'mqtt';

async function send(n: number) {
  const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'heater' });
  const value = (21 + n / 10).toFixed(1);
  await client.publishAsync('kitchen/heater/temperature', value);
  await client.endAsync();
}
await Promise.all(Array.from({ length: 20 }, (_, n) => send(n + 1)));
