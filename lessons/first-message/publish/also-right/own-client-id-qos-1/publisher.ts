import { connectAsync } from 'mqtt';

const me = await connectAsync('mqtt://localhost', {
  clientId: 'kitchen-clock',
  protocolVersion: 5,
});
await me.publishAsync('hello/mqtt', Buffer.from([0x68, 0x69]), { qos: 1 });
await me.endAsync();
