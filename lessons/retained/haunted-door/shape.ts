import mqtt from 'mqtt';

const gardener = await mqtt.connectAsync('mqtt://localhost');
await gardener.publishAsync('garden/tap', '', { retain: true });
await gardener.endAsync();
