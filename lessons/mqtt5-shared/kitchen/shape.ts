import mqtt from 'mqtt';

const pump = await mqtt.connectAsync('mqtt://localhost', { protocolVersion: 5 });
pump.on('message', (topic) => console.log(topic));
await pump.subscribeAsync('$share/pumps/water/alarm');
