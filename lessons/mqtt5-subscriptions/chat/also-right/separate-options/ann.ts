import { connectAsync } from 'mqtt';
const options = {
  clientId: 'a',
  protocolVersion: 5,
  clean: false,
  properties: { sessionExpiryInterval: 30 },
} as const;
const join = {
  'chat/garden': { qos: 1, nl: true, rh: 2 },
  'chat/rules': { qos: 0, rh: 1 },
} as const;
for (let visit = 1; visit < 4; visit++) {
  const c = await connectAsync('mqtt://localhost', options);
  await c.subscribeAsync(join);
  for (let n = 0; n < 3; n++)
    c.publish('chat/garden', JSON.stringify({ visit, n }));
  await new Promise((r) => setTimeout(r, 1500));
  await c.endAsync();
}
