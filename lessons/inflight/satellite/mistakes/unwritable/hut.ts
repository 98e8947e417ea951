import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', {
  clientId: 'hut',
  protocolVersion: '5' as never,
  reconnectPeriod: 100,
});
client.publish('hut/wind', 'reading 1', { qos: 1 });
setTimeout(() => client.end(true), 3000);
