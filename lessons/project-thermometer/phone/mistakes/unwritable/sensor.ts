import mqtt from 'mqtt';

const options = { protocolVersion: '5' as never, reconnectPeriod: 100 };
const client = mqtt.connect('mqtt://localhost', options);
client.publish('home/livingroom/temperature', '21.3', { retain: true });
setTimeout(() => client.end(true), 3000);
