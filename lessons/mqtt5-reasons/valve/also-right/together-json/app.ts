import { connectAsync } from 'mqtt';

const client = await connectAsync('mqtt://localhost', { protocolVersion: 5 });
const userProperties = { from: ['Anna', 'Ben'] };
const results = await Promise.allSettled(
  ['garden/request/valve', 'garden/request/tap', 'garden/valve'].map((topic) =>
    client.publishAsync(topic, JSON.stringify({ open: true }), {
      qos: 1,
      properties: { userProperties },
    }),
  ),
);
for (const { status } of results) console.log(status);
await client.endAsync();
