import mqtt from 'mqtt';

let n = 0;
function next() {
  n += 1;
  if (n > 20) return;
  const client = mqtt.connect('mqtt://localhost', { clientId: `heater-${n}` });
  client.on('connect', () => {
    const value = (21 + n / 10).toFixed(1);
    client.publish('kitchen/heater/temperature', value, () => client.end(next));
  });
}
next();
