import mqtt from 'mqtt';

function lamp(n: number) {
  const client = mqtt.connect('mqtt://localhost', {
    clientId: `lamp-${n}`,
    reconnectPeriod: n * 1000,
  });
  client.on('connect', () => client.subscribe('street/roll-call'));
  client.on('message', () => client.publish(`street/lamp-${n}`, 'here'));
}
for (let n = 1; n <= 8; n++) lamp(n);
