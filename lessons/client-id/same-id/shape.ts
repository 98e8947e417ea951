import mqtt from 'mqtt';

const first = { clientId: 'rain-gauge-roof' };
const second = { clientId: 'rain-gauge-garden' };
const roof = await mqtt.connectAsync('mqtt://localhost', first);
const garden = await mqtt.connectAsync('mqtt://localhost', second);
await Promise.all([roof.endAsync(), garden.endAsync()]);
