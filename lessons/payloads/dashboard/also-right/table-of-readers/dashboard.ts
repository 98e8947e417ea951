import mqtt from 'mqtt';

const readers: Record<string, (payload: Buffer) => number> = {
  attic: (payload) => +payload.toString('utf8'),
  kitchen: (payload) => (JSON.parse(`${payload}`).temp - 32) * (5 / 9),
  garage: ([high = 0, low = 0]) => (((high << 24) >> 16) + low) / 10,
};
const client = await mqtt.connectAsync({ host: 'localhost', port: 1883 });
for (const room of Object.keys(readers)) {
  await client.subscribeAsync(`radio/${room}`);
}
client.on('message', async (topic, payload) => {
  const [, room = ''] = topic.split('/');
  try {
    if (!payload.length) throw new Error('no reading');
    const value = Number(readers[room]!(payload).toFixed(1));
    const at = new Date();
    await client.publishAsync(
      `house/${room}`,
      JSON.stringify({ value, unit: 'C', at }, null, 2),
    );
  } catch (error) {
    console.log(room, `${error}`);
  }
});
