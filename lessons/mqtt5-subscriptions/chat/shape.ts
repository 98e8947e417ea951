import mqtt from 'mqtt';

const clock = await mqtt.connectAsync('mqtt://localhost', { protocolVersion: 5 });
await clock.subscribeAsync('alarm/#', { qos: 0, rh: 2 });
await clock.subscribeAsync('clock/#', { qos: 0, nl: true });
await clock.endAsync();
