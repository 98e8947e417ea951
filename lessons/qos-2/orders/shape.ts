import mqtt from 'mqtt';

const oven = await mqtt.connectAsync('mqtt://localhost');
await oven.publishAsync('pizzeria/oven', 'hot', { qos: 2 });
await oven.endAsync();
