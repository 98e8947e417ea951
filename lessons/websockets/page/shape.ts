import mqtt from 'mqtt';

const boat = await mqtt.connectAsync('ws://localhost:8083', { reconnectPeriod: 0 });
boat.on('message', (topic) => console.log(topic));
await boat.subscribeAsync('harbour/boats/#');
