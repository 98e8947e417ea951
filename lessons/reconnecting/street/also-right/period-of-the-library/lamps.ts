import mqtt from 'mqtt';

const between = (least: number, most: number) =>
  least + Math.random() * (most - least);

for (let n = 1; n <= 8; n += 1) {
  let step = 200;
  const client = mqtt.connect('mqtt://localhost', {
    clientId: `lamp-${n}`,
    reconnectPeriod: between(step, 2 * step),
  });
  client.subscribe('street/roll-call', { qos: 1 });
  client.on('message', (topic, payload) => {
    if (topic === 'street/roll-call' && payload.length > 0)
      client.publish(`street/lamp-${n}`, Buffer.from('here'), { qos: 1 });
  });
  client.on('reconnect', () => {
    step = Math.min(step * 2, 60_000);
    client.options.reconnectPeriod = between(step, 2 * step);
  });
  client.on('connect', () => {
    step = 200;
  });
}
