import mqtt from 'mqtt';

// Change only this line.
const options = { clientId: 'phone', clean: false };

const first = await mqtt.connectAsync('mqtt://localhost', options);
await first.subscribeAsync('home/doorbell', { qos: 1 });
await first.endAsync();
console.log('The phone is off.');

