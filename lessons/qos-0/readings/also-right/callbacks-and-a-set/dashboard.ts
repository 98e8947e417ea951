import mqtt from 'mqtt';

const dashboard = mqtt.connect({
  host: 'localhost',
  port: 1883,
  clientId: 'my-dashboard',
});
const seen = new Set<number>();
dashboard.on('message', (_topic, payload) => {
  seen.add(JSON.parse(String(payload)).n);
  // Counted whenever it has been silent for a while: the last count is right.
  clearTimeout(timer);
  timer = setTimeout(count, 2500);
});
let timer: ReturnType<typeof setTimeout> | undefined;
function count() {
  let missing = 0;
  for (let n = 1; n <= 20; n++) if (!seen.has(n)) missing++;
  dashboard.publish('greenhouse/missing', Buffer.from(`${missing}`));
}
dashboard.once('connect', () => {
  dashboard.subscribe('greenhouse/temperature', () => {
    dashboard.publish('greenhouse/dashboard', 'here', { retain: true });
  });
});
