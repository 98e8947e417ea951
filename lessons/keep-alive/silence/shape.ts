import mqtt from 'mqtt';

const options = { clientId: 'ferry', keepalive: 20 };
const ferry = await mqtt.connectAsync('mqtt://localhost', options);
await ferry.publishAsync('ferry/place', 'pier');
await ferry.endAsync();
