import mqtt from 'mqtt';

const bell = await mqtt.connectAsync('mqtt://localhost');
await bell.publishAsync('garden/bell', 'ding');
await bell.endAsync();
