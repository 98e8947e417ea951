import mqtt from 'mqtt';

const seen = new Map<string, number>();
const inspector = mqtt.connect('mqtt://127.0.0.1:1883', {
  clientId: 'inspector',
});
inspector.on('message', (topic) => {
  seen.set(topic, (seen.get(topic) ?? 0) + 1);
});
inspector.once('connect', async () => {
  await inspector.publishAsync('report/flood', Buffer.from('attic-sensor'), {
    qos: 2,
    retain: true,
  });
  await inspector.subscribeAsync('$SYS/broker/#', { qos: 1 });
  await inspector.publishAsync('house/status/garage-door', '', {
    retain: true,
    qos: 1,
  });
  console.log(seen.size, 'topics');
  inspector.end();
});
