import mqtt from 'mqtt';

const app = mqtt.connect({ host: 'localhost', port: 1883, protocolVersion: 5 });
const open = new Map<number, string>();
app.on('connect', () => {
  app.subscribe('replies/mine', { qos: 1 }, () => {
    ['garden', 'kitchen', 'hall'].forEach((room, id) => {
      open.set(id, room);
      app.publish(`lamp/${room}/get`, Buffer.from('state?'), {
        qos: 1,
        properties: {
          responseTopic: 'replies/mine',
          correlationData: Buffer.from([id]),
        },
      });
    });
  });
});
app.on('message', (_topic, payload, { properties }) => {
  const id = properties?.correlationData?.[0];
  const room = open.get(id ?? -1);
  if (room === undefined) return;
  open.delete(id!);
  app.publish(
    `report/${room}`,
    JSON.stringify({ state: String(payload) }),
    { retain: true },
    () => {
      if (open.size === 0) app.end();
    },
  );
});
