import mqtt from 'mqtt';

const garden = await mqtt.connectAsync('mqtt://localhost');
await garden.subscribeAsync('garden/+/moisture', { qos: 0 });
await garden.subscribeAsync('garden/gate/opened', { qos: 2 });
await garden.publishAsync('garden/pump/command', 'on', { qos: 2 });
await garden.publishAsync('garden/bed/moisture', '31', { qos: 0 });
