import mqtt from 'mqtt';

const post = await mqtt.connectAsync('mqtt://localhost', { clientId: 'post' });
await post.publishAsync('street/parcel', 'at the door', { qos: 2 });
await post.endAsync();
