import mqtt from 'mqtt';

const tablet = await mqtt.connectAsync('mqtt://localhost');
tablet.on('message', (topic) => console.log(topic));
await tablet.subscribeAsync(['school/+/light', 'yard/#']);
await tablet.endAsync();
