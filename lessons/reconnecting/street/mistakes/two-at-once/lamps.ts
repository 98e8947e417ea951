import mqtt from 'mqtt';

let isNight = true;
function lamp(n: number) {
  const client = mqtt.connect('mqtt://localhost', { clientId: `lamp-${n}` });
  client.on('connect', () => {
    client.subscribe('street/roll-call');
  });
  client.on('message', () => client.publish(`street/lamp-${n}`, 'here'));
  client.on('close', () => {
    if (isNight) setTimeout(() => lamp(n), 3000 + Math.random() * 1000);
  });
  setTimeout(() => client.end(), 13_000);
}
setTimeout(() => (isNight = false), 8000);
for (let n = 1; n <= 8; n++) lamp(n);
