import mqtt from 'mqtt';

const options = { username: 'door', password: 'sesame', reconnectPeriod: 0 };
const door = mqtt.connect({ host: '127.0.0.1', port: 1884, ...options });
door.on('connect', () => {
  door.publish('house/door', Buffer.from('open'), { qos: 1 }, () => door.end());
});
