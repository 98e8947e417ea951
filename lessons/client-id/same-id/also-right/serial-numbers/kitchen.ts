import mqtt, { type IClientOptions } from 'mqtt';

const options: IClientOptions = {
  host: 'localhost',
  port: 1883,
  protocol: 'mqtt',
};
options.clientId = 'a4:cf:12:9b:00:01';
const client = mqtt.connect(options);
client.on('connect', () => {
  setInterval(
    () => client.publish('home/kitchen/temperature', Buffer.from('21')),
    500,
  );
});
