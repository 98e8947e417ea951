import mqtt from 'mqtt';

const will = { topic: 'garage', payload: 'gone', retain: true };
const options = { clientId: 'gate', will };
const gate = await mqtt.connectAsync('mqtt://localhost', options);
await gate.publishAsync('garage', 'there', { retain: true });
