import mqtt from 'mqtt';

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

// A second phone: now and then somebody opens the page, looks, and closes it.
for (let visit = 1; visit <= 4; visit++) {
  await wait(visit === 1 ? 1500 : 1800);
  const client = await mqtt.connectAsync('mqtt://localhost');
  client.on('message', (topic, payload, packet) => {
    const text = payload.toString();
    console.log('Visit', visit, topic, text, 'RETAIN =', packet.retain);
  });
  await client.subscribeAsync('home/livingroom/#');
  await wait(200);
  await client.endAsync();
}
