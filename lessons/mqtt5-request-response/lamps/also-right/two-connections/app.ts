import { connectAsync } from 'mqtt';
const ear = await connectAsync('mqtt://localhost', { protocolVersion: 5 });
const mouth = await connectAsync('mqtt://localhost', { protocolVersion: 5 });
await ear.subscribeAsync('x/y');
ear.on('message', (t, p, { properties }) =>
  mouth.publish('report/' + properties!.correlationData, p),
);
for (const room of ['hall', 'garden', 'kitchen'])
  mouth.publish(`lamp/${room}/get`, 'hi', {
    properties: {
      correlationData: Buffer.from(room),
      responseTopic: 'x/y',
      contentType: 'text',
    },
  });
setTimeout(() => {
  ear.end();
  mouth.end();
}, 3000);
