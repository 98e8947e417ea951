import mqtt from 'mqtt';

let visitors = 0;
const museum = await mqtt.connectAsync('mqtt://localhost');
museum.on('message', (topic) => {
  if (topic === 'museum/door') visitors++;
  if (topic === 'museum/closed') museum.publish('museum/visitors', `${visitors}`);
});
