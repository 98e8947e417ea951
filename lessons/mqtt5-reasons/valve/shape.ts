import mqtt from 'mqtt';

const options = { clientId: 'porch', protocolVersion: 5 } as const;
const client = await mqtt.connectAsync('mqtt://localhost', options);
const properties = { userProperties: { unit: 'C' } };
await client.publishAsync('porch/temperature', '21', { properties });
