import mqtt from 'mqtt';

const will = { topic: 'pool/pump', payload: Buffer.from('gone'), retain: true };
const pool = await mqtt.connectAsync('mqtt://localhost', { will });
pool.publish('pool/pump', 'runs', { retain: true });
pool.publish('pool/level', '1.8', { retain: true });
