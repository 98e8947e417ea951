import mqtt from 'mqtt';

const options = { clientId: 'tablet', clean: false };
const tablet = await mqtt.connectAsync('mqtt://localhost', options);
await tablet.subscribeAsync('garden/gate', { qos: 1 });
await tablet.endAsync();
