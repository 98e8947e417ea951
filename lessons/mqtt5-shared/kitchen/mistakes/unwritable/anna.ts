import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', { protocolVersion: '5' as never, reconnectPeriod: 100 });
client.subscribe('$share/kitchen/orders');
setTimeout(() => client.end(true), 3000);
