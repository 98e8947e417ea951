import mqtt from 'mqtt';

const name = 'lin';
const texts = ['One', 'Two', 'Three', 'Four', 'Five', 'Six'];
const here = 'class/' + name + '/here';
let slot = 0;

const client = mqtt.connect({
  host: 'localhost',
  port: 1883,
  will: { topic: here, payload: Buffer.from('offline'), qos: 0, retain: true },
});
client.on('connect', () => {
  client.publish(here, 'online', { retain: true });
  client.subscribe('class/#', () => say());
});
client.on('message', (topic, payload) => console.log(topic, String(payload)));

function say() {
  const text = texts.shift();
  if (text === undefined) return;
  client.publish(`class/${name}/chat/lobby/${slot}`, text, {
    qos: 1,
    retain: true,
  });
  slot = slot === 2 ? 0 : slot + 1;
  setTimeout(say, 300);
}
