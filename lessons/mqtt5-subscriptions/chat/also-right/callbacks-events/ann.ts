import mqtt from 'mqtt';

function open(words: string, next?: () => void) {
  const ann = mqtt.connect({
    host: 'localhost',
    port: 1883,
    clientId: 'ann-laptop',
    protocolVersion: 5,
    clean: false,
    properties: { sessionExpiryInterval: 600 },
  });
  ann.on('message', (topic, payload) => console.log(topic, String(payload)));
  ann.on('connect', () => {
    ann.subscribe({ 'chat/#': { qos: 2, nl: true, rh: 1, rap: true } }, () => {
      ann.publish('chat/garden', Buffer.from(words), { qos: 2 }, () => {
        setTimeout(() => ann.end(false, {}, next), 2000);
      });
    });
  });
}
open('Hi', () => open('Bye'));
