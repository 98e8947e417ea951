import mqtt from 'mqtt';

const bus = await mqtt.connectAsync('mqtt://localhost', { protocolVersion: 5 });
const properties = { topicAlias: 7 };
await bus.publishAsync('city/bus/42/main-square', '3 min', { properties });
await bus.publishAsync('', '2 min', { properties });
