import mqtt from 'mqtt';

const ship = await mqtt.connectAsync('mqtt://localhost');
await ship.subscribeAsync('ship/+/+/door/state');
await ship.subscribeAsync('ship/bridge/#');
await ship.publishAsync('ship/bridge/radio/door/state', 'shut');
await ship.publishAsync('ship/bridge/radio/door/set', 'open');
