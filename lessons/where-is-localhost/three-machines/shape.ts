import mqtt from 'mqtt';

const door = await mqtt.connectAsync('mqtt://attic');
await door.publishAsync('attic/door', 'open');
await door.endAsync();
