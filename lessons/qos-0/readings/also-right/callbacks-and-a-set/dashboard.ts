import mqtt from 'mqtt';

const dashboard = mqtt.connect({
  host: 'localhost',
  port: 1883,
  clientId: 'my-dashboard',
});
const seen = new Set<number>();
dashboard.on('message', (_topic, payload) => {
  seen.add(JSON.parse(String(payload)).n);
});
// The thermometer is silent for longer than the gap: then it is over.
setTimeout(() => {
  let missing = 0;
  for (let n = 1; n <= 20; n++) if (!seen.has(n)) missing++;
  dashboard.publish('greenhouse/missing', Buffer.from(`${missing}`), () =>
    dashboard.end(),
  );
}, 7000);
dashboard.once('connect', () => {
  dashboard.subscribe('greenhouse/temperature', () => {
    dashboard.publish('greenhouse/dashboard', 'here', { retain: true });
  });
});
