import mqtt from 'mqtt';

const guard = await mqtt.connectAsync('mqtt://localhost');
guard.on('message', (topic, bytes) => console.log(topic, `${bytes}`));
await guard.subscribeAsync(['bakery/#', '$SYS/broker/uptime']);
await guard.publishAsync('notes/oven', 'oven-2 is too hot');
const nothing = Buffer.alloc(0);
await guard.publishAsync('mixer', nothing, { retain: true });
await guard.endAsync();
