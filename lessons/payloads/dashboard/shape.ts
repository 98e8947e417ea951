import mqtt from 'mqtt';

const tank = await mqtt.connectAsync('mqtt://localhost');
const depth = Buffer.from([0x01, 0x2c]).readUInt16BE(0) / 100;
const lid = JSON.parse('{ "lid": "open" }').lid;
const state = { depth, lid, since: new Date(0).toISOString() };
await tank.publishAsync('tank/state', JSON.stringify(state));
await tank.endAsync();
