import mqtt from 'mqtt';

// The greenhouse's web page, in a browser.
const client = await mqtt.connectAsync('ws://localhost:9001', {
  clientId: 'page',
  reconnectPeriod: 0,
});
client.on('message', (topic, payload) =>
  console.log('humidity:', payload.toString()),
);
await client.subscribeAsync('greenhouse/humidity');
