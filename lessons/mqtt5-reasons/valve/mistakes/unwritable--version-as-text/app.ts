import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', { protocolVersion: '5' as never, reconnectPeriod: 100 });
client.publish('garden/valve', 'open', { qos: 1 });
setTimeout(() => client.end(true), 3000);
