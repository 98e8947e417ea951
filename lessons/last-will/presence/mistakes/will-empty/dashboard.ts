import mqtt from 'mqtt';

// Now and then somebody opens the dashboard, looks, and closes it.
for (let visit = 1; visit <= 5; visit++) {
  await new Promise((resolve) => setTimeout(resolve, 1500));
  const client = await mqtt.connectAsync('mqtt://localhost');
  client.on('message', (topic, payload, packet) => {
    console.log('Visit', visit, topic, payload.toString(), 'RETAIN =', packet.retain);
  });
  await client.subscribeAsync('greenhouse/status');
  await new Promise((resolve) => setTimeout(resolve, 300));
  await client.endAsync();
}
