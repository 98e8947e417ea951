import mqtt from 'mqtt';

const bus = await mqtt.connectAsync('mqtt://localhost');
const seen = new Date('2025-06-01T12:00:00+02:00');
const seconds = (Date.now() - seen.getTime()) / 1000;
await bus.publishAsync('bus/12', `${seconds} s ago`);
setTimeout(() => bus.end(), 200);
