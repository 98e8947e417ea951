import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', { protocolVersion: 5, reconnectPeriod: 100 });
client.publish('lamp/kitchen/get', '', {
  qos: 1,
  properties: { responseTopic: 7 as never },
});
setTimeout(() => client.end(true), 3000);
