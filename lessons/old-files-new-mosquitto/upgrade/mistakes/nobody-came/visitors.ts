import mqtt from 'mqtt';

for (const who of ['stranger', 'ben', 'backup']) {
  try {
    const options = { clientId: who, reconnectPeriod: 0 };
    await mqtt.connectAsync('mqtt://localhost:1885', options, false);
  } catch (error) {
    console.log(who, String(error));
  }
}
