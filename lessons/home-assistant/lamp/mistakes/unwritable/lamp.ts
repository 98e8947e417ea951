import mqtt from 'mqtt';

const options = { protocolVersion: '5' as never, reconnectPeriod: 100 };
const client = mqtt.connect('mqtt://localhost', options);
const config = JSON.stringify({ command_topic: 'lamp/set' });
client.publish('homeassistant/light/lamp/config', config, { retain: true });
setTimeout(() => client.end(true), 3000);
