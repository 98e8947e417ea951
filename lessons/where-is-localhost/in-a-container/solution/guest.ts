import mqtt from 'mqtt';

// Runs on a guest's phone. It has no password.
try {
  const client = await mqtt.connectAsync(
    'mqtt://pi',
    { clientId: 'guest', reconnectPeriod: 0 },
    false,
  );
  console.log('guest is in');
  await client.endAsync();
} catch (error) {
  console.log(`guest: ${error}`);
}
