import mqtt from 'mqtt';

const pianist = await mqtt.connectAsync('mqtt://localhost');
const began = 1874 - 4;
await pianist.publishAsync(`century/${began}`, 'sonata');
await pianist.publishAsync('century/1885', 'waltz');
await pianist.endAsync();
