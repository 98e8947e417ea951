import mqtt, { type MqttClient } from 'mqtt';

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

async function connect(clientId: string): Promise<MqttClient> {
  for (let most = 500; ; most *= 2) {
    await pause(Math.random() * most);
    try {
      return await mqtt.connectAsync(
        'mqtt://localhost:1883',
        { clientId, reconnectPeriod: 0, clean: true },
        false,
      );
    } catch {
      console.log(clientId, 'tries again');
    }
  }
}
async function lamp(n: number): Promise<void> {
  while (true) {
    const client = await connect(`lamp-${n}`);
    const closed = new Promise((done) => client.once('close', done as never));
    client.on('message', () => {
      client.publish(`street/lamp-${n}`, JSON.stringify({ here: true }));
    });
    await client.subscribeAsync('street/roll-call');
    await closed;
  }
}
await Promise.all(Array.from({ length: 8 }, (_, i) => lamp(i + 1)));
