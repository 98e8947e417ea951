import mqtt from 'mqtt';

// Four visitors knock, one after the other. You are the doorkeeper:
// change the broker, not them.
const visitors = [
  { who: 'Anna', username: 'anna', password: 'river-42' },
  { who: 'Ben', username: 'ben', password: 'lake-17' },
];
for (const { who, ...credentials } of visitors) {
  try {
    const options = { ...credentials, reconnectPeriod: 0 };
    const client = await mqtt.connectAsync(
      'mqtt://localhost:1883',
      options,
      false,
    );
    console.log(who, 'is in.');
    await client.endAsync();
  } catch (error) {
    console.log(who, 'stays outside:', String(error));
  }
}
