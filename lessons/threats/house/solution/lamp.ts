import mqtt from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const own = { username: 'lamp', password: 'bulb-63' };
const connect = (options: object) =>
  mqtt.connectAsync('mqtt://localhost:1883', {
    reconnectPeriod: 0,
    ...options,
  });

const lamp = await connect({ clientId: 'lamp', ...own });
const told = new Promise((done) => lamp.once('message', done));
await lamp.subscribeAsync('home/lamp/set', { qos: 1 });
await lamp.publishAsync('home/lamp/state', 'off', { qos: 1, retain: true });
await Promise.race([told, pause(10_000)]);
await lamp.endAsync();

// Somebody has broken into this program. Change the broker, not the programs.
async function unlock(options: object) {
  try {
    const client = await connect(options);
    client.on('message', (topic, text) =>
      console.log('It reads:', topic, `${text}`),
    );
    await client.subscribeAsync('home/door/#').catch(() => {});
    await client.publishAsync('home/door/set', 'unlock', { qos: 1 });
    await client.endAsync();
    return 'CONNACK 0';
  } catch (error) {
    return `${error}`;
  }
}
const nameless = await unlock({ clientId: 'nobody' });
console.log('Without a name:', nameless);
const asAdmin = await unlock({
  clientId: 'admin',
  username: 'admin',
  password: 'admin',
});
console.log('As admin:', asAdmin);
const asItself = await unlock({ clientId: 'lamp', ...own });
console.log('As itself:', asItself);
const asDoor = await unlock({ clientId: 'door', ...own });
console.log('With the id of the door:', asDoor);

const again = await connect({ clientId: 'lamp', ...own });
await again.publishAsync('home/lamp/state', 'on', { qos: 1, retain: true });
await again.endAsync();
