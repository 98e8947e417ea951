import mqtt from 'mqtt';

const fan = await mqtt.connectAsync('mqtt://localhost');
await fan.publishAsync('home/fan/state', 'off', { retain: true });
await fan.endAsync();
