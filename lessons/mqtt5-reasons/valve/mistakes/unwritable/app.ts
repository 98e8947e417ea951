import mqtt from 'mqtt';

const options = { clientId: 'app', protocolVersion: 5, reconnectPeriod: 100 } as const;
const client = mqtt.connect('mqtt://localhost', options);
client.publish('garden/valve', 'open', { qos: 1, properties: { from: 'app' } as never });
setTimeout(() => client.end(true), 3000);
