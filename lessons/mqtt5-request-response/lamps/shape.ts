import mqtt from 'mqtt';

const guard = await mqtt.connectAsync('mqtt://localhost', { protocolVersion: 5 });
guard.on('message', (_topic, _payload, packet) =>
  console.log(String(packet.properties?.correlationData)),
);
await guard.publishAsync('door/7/get', '', {
  properties: { responseTopic: 'guard/in', correlationData: Buffer.from('door-7') },
});
