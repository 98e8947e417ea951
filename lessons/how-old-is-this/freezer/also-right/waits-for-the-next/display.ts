import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost:1883');
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
let newest = 0;
client.on('message', async (topic, payload) => {
  const name = topic.replace('/temperature', '');
  const reading = JSON.parse(payload.toString());
  const until = Date.parse(reading.at) + 2000;
  const mine = name === 'fridge' ? ++newest : 0;
  if (Date.now() < until) {
    await client.publishAsync(
      `display/${name}`,
      Buffer.from(`${reading.value}`),
    );
    await pause(until - Date.now());
    if (mine !== newest) return;
  }
  await client.publishAsync(`display/${name}`, 'old', { qos: 2 });
});
client.subscribe('+/temperature');
