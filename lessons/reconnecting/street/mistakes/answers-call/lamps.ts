import mqtt from 'mqtt';

function lamp(n: number) {
  const client = mqtt.connect('mqtt://localhost', {
    clientId: `lamp-${n}`,
    reconnectPeriod: 0,
  });
  let wait = 250;
  client.on('connect', () => {
    wait = 250;
    client.subscribe('street/roll-call');
  });
  client.on('message', () => client.publish('street/roll-call', 'here'));
  client.on('close', () => {
    setTimeout(() => client.reconnect(), wait * (1 + Math.random()));
    wait = Math.min(30_000, wait * 2);
  });
}
for (let n = 1; n <= 8; n++) lamp(n);
