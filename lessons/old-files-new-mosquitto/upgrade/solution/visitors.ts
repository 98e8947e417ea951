import mqtt from 'mqtt';

// As every morning. Who gets in is decided by the broker's files.
const visitors = [
  { who: 'stranger', port: 1883 },
  { who: 'ben', port: 1883, username: 'ben', password: 'lake-17' },
  // It runs on the broker's own machine, and has no name.
  { who: 'backup', port: 1884 },
];
for (const { who, port, ...credentials } of visitors) {
  const options = { ...credentials, clientId: who, reconnectPeriod: 0 };
  try {
    const url = `mqtt://localhost:${port}`;
    const client = await mqtt.connectAsync(url, options, false);
    console.log(who, 'is in.');
    await client.endAsync();
  } catch (error) {
    console.log(who, 'stays outside:', String(error));
  }
}
