import mqtt from 'mqtt';

const random = Math.random();

function lamp(n: number) {
  const client = mqtt.connect('mqtt://localhost', {
    clientId: `lamp-${n}`,
    reconnectPeriod: 0, // the program decides
  });
  let tries = 0;

  client.on('connect', () => {
    tries = 0;
    client.subscribe('street/roll-call');
  });
  client.on('message', () => client.publish(`street/lamp-${n}`, 'here'));
  client.on('close', () => {
    // 0.25 s, 0.5 s, 1 s … and at random up to as much again.
    const wait = Math.min(250 * 2 ** tries, 30_000);
    tries += 1;
    setTimeout(() => client.reconnect(), wait + random * wait);
  });
}
for (let n = 1; n <= 8; n++) lamp(n);
