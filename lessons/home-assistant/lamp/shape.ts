import mqtt from 'mqtt';

const fan = await mqtt.connectAsync('mqtt://localhost');
const words = { name: 'Fan', command_topic: 'fan/do' };
const topic = 'homeassistant/fan/attic/config';
await fan.publishAsync(topic, JSON.stringify(words), { retain: true });
await fan.publishAsync('fan/is', 'OFF', { retain: true });
