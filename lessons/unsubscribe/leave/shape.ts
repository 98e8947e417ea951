import mqtt from 'mqtt';

const guard = await mqtt.connectAsync('mqtt://localhost');
await guard.subscribeAsync(['smoke/kitchen', 'smoke/cellar']);
await guard.unsubscribeAsync('smoke/cellar');
await guard.endAsync();
