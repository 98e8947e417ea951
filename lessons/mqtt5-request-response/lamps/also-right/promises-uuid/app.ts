import mqtt from 'mqtt';

const client = await mqtt.connectAsync('mqtt://localhost', {
  protocolVersion: 5,
  clientId: 'boss',
});
const waiting = new Map<string, (answer: string) => void>();
client.on('message', (topic, payload, packet) => {
  const id = packet.properties?.correlationData?.toString() ?? '';
  waiting.get(id)?.(payload.toString());
});
await client.subscribeAsync('answers/#');

function ask(room: string): Promise<string> {
  const id = Math.random().toString(36).slice(2);
  const answer = new Promise<string>((resolve) => waiting.set(id, resolve));
  client.publish(`lamp/${room}/get`, '?', {
    properties: {
      responseTopic: `answers/${room}`,
      correlationData: Buffer.from(id),
    },
  });
  return answer;
}
const rooms = ['kitchen', 'hall', 'garden'];
const states = await Promise.all(rooms.map(ask));
for (const [at, room] of rooms.entries()) {
  await client.publishAsync(`report/${room}`, `${room} is ${states[at]}`, {
    qos: 1,
  });
}
await client.endAsync();
