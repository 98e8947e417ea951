import mqtt from 'mqtt';

const gauge = await mqtt.connectAsync('mqtt://localhost');
const rain = { n: 1, mm: 3 };
await gauge.publishAsync('garden/rain', JSON.stringify(rain));
await gauge.subscribeAsync('garden/rain');
