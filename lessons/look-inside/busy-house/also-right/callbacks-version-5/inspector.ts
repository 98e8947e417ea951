import { connect } from 'mqtt';

const options = { host: 'localhost', port: 1883, protocolVersion: 5 } as const;
const client = connect(options);
client.on('connect', () => {
  client.subscribe({
    'house/#': { qos: 1 },
    '$SYS/broker/clients/+': { qos: 0 },
  });
  client.publish('house/status/garage-door', Buffer.alloc(0), {
    qos: 1,
    retain: true,
  });
});
client.on('message', (topic, payload, packet) => {
  console.log(packet.retain ? 'kept' : 'new', topic, String(payload));
  if (topic !== '$SYS/broker/clients/connected') return;
  client.publish('report/flood', JSON.stringify('attic-sensor'), () =>
    client.end(),
  );
});
