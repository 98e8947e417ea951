import mqtt from 'mqtt';

const properties = { sessionExpiryInterval: 300 };
const stop = { clientId: 'stop-12', protocolVersion: 5, properties } as const;
const sign = await mqtt.connectAsync('mqtt://localhost', stop);
await sign.publishAsync('bus/12', 'in 2 minutes', {
  properties: { messageExpiryInterval: 60 },
});
await sign.endAsync();
