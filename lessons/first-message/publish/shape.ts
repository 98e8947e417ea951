import mqtt from 'mqtt';

const gauge = await mqtt.connectAsync('mqtt://localhost');
await gauge.publishAsync('garden/rain', '3 mm');
await gauge.endAsync();
