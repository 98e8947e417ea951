import { runExercise } from './check-lessons/run-exercise.ts';
import { memory } from './check-lessons/rooms/memory.ts';
import { mosquitto } from './check-lessons/rooms/mosquitto.ts';
import { packets } from '../sandbox/checks/view.ts';
const program = (filters: string) => `import mqtt from 'mqtt';
const client = await mqtt.connectAsync('mqtt://localhost', { clientId: 'phone' });
client.on('message', (topic, payload, packet) => console.log(topic, String(payload), 'QoS', packet.qos, packet.messageId));
${filters}
await client.publishAsync('house/kitchen/smoke', 'smoke!', { qos: 2 });
await client.publishAsync('house/kitchen/temperature', '21', { qos: 1 });
await new Promise((r) => setTimeout(r, 800));
await client.endAsync();
`;
const exercise = { devices: ['phone.ts'], scene: {}, checks: [{ id: 'x', holds: () => false }] };
for (const [name, f] of Object.entries({
  two: "await client.subscribeAsync('house/#', { qos: 0 }); await client.subscribeAsync('house/+/smoke', { qos: 2 });",
  twoB: "await client.subscribeAsync('house/+/smoke', { qos: 2 }); await client.subscribeAsync('house/#', { qos: 0 });",
  one: "await client.subscribeAsync({ 'house/#': { qos: 0 }, 'house/+/smoke': { qos: 2 } });",
  again: "await client.subscribeAsync('house/#', { qos: 0 }); await client.subscribeAsync('house/#', { qos: 2 });",
})) for (const src of [memory, mosquitto]) {
  const files: any = { id: 'a/b', exercise, starter: new Map(), solution: new Map(), alsoRight: new Map(), mistakes: new Map(), captures: new Map(), comments: {} };
  const o = await runExercise(src, files, new Map([['phone.ts', program(f)]]));
  console.log(name, src.name, o.output.join(' | '));
}
process.exit(0);
