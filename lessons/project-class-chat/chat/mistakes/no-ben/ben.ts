import mqtt from 'mqtt';

const ben = await mqtt.connectAsync('mqtt://localhost', { clientId: 'bens-phone' });
await ben.subscribeAsync('class/#');
