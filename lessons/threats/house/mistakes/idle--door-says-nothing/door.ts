import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

const door = await mqtt.connectAsync('mqtt://localhost:1883', {
  clientId: 'door',
  username: 'door',
  password: 'oak-41',
  reconnectPeriod: 0,
});
const tell = (state: string) =>
  door.publish('home/door/state', state, { qos: 1, retain: true });
door.on('message', (_, command) => {
  console.log('The door hears:', command.toString());
  
});
door.on('close', () => {
  if (!door.disconnecting) console.log('The door has no connection.');
});
await door.subscribeAsync('home/door/set', { qos: 1 });
tell('ready');

await pause(20_000);
await door.endAsync();
