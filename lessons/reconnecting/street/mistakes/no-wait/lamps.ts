import mqtt from 'mqtt';

function lamp(n: number) {
  const client = mqtt.connect('mqtt://localhost', {
    clientId: `lamp-${n}`,
    reconnectPeriod: 0,
  });
  let wait = 0.25;
  client.on('close', () => {
    setTimeout(() => client.reconnect(), wait + Math.random());
    wait = Math.min(wait * 2, 30);
  });
  client.on('connect', () => {
    wait = 0.25;
    client.subscribe('street/roll-call');
  });
  client.on('message', () => client.publish(`street/lamp-${n}`, 'here'));
}
for (let n = 1; n <= 8; n++) lamp(n);
