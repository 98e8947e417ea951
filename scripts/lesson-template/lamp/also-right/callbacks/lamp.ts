import mqtt from 'mqtt';

const lamp = mqtt.connect('mqtt://localhost', { clientId: 'my-lamp' });

lamp.on('connect', () => {
  lamp.publish('home/lamp', 'on', { qos: 1 }, () => {
    lamp.end();
  });
});
