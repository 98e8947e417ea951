import mqtt from 'mqtt';

const bell = await mqtt.connectAsync('mqtt://localhost');
bell.on('message', (_, text) => console.log(`${text}`));
await bell.subscribeAsync('door/bell/volume');
for (const press of ['short', 'long']) {
  await bell.publishAsync('door/bell', press);
}
await bell.endAsync();
