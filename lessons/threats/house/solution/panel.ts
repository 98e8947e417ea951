import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

// The panel on the wall locks the door, and switches the lamp on.
const panel = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'panel',
  username: 'panel',
  password: 'wall-52',
  reconnectPeriod: 0,
});
const set = (thing: string, command: string) =>
  panel.publish(`home/${thing}/set`, command, { qos: 1 });
const last: Record<string, string> = {};
panel.on('message', (topic, payload) => {
  const state = payload.toString();
  console.log(topic, state);
  last[topic] = state;
  if (state === 'ready' || state === 'on') set('door', 'lock');
  const { 'home/door/state': door, 'home/lamp/state': lamp } = last;
  if (door === 'locked' && lamp === 'off') set('lamp', 'on');
});
await panel.subscribeAsync('home/+/state', { qos: 1 });

await pause(20_000);
await panel.endAsync();
