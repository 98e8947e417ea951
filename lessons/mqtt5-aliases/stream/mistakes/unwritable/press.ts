import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', { protocolVersion: '5' as never, reconnectPeriod: 100 });
client.publish('factory/hall-3/line-7/press-2/temperature', '61');
setTimeout(() => client.end(true), 3000);
