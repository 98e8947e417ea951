import mqtt from 'mqtt';

const will = { topic: '', payload: Buffer.from('offline'), retain: true };
const client = mqtt.connect('mqtt://localhost', { will, reconnectPeriod: 100 });
setTimeout(() => client.end(), 1500);
