import mqtt from 'mqtt';

const till = await mqtt.connectAsync('mqtt://localhost:1885', {
  clientId: 'till',
  reconnectPeriod: 0,
});
await till.publishAsync('shop/till', 'closed');
await till.endAsync();
