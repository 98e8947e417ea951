import mqtt from 'mqtt';

// Runs on your phone, in the same Wi-Fi. It has a password.
try {
  const client = await mqtt.connectAsync(
    'mqtt://pi',
    { clientId: 'phone', username: 'anna', password: 'river42', reconnectPeriod: 0 },
    false,
  );
  console.log('phone is in');
  await client.endAsync();
} catch (error) {
  console.log(`phone: ${error}`);
}
