import mqtt from 'mqtt';

const options = { clientId: 'roof-mast', keepalive: 600, username: 'roof' };
const mast = await mqtt.connectAsync('mqtt://localhost', options);
await mast.endAsync();
