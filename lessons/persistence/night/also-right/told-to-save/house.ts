import mqtt from 'mqtt';

const asleep = mqtt.connect({
  host: 'localhost',
  clientId: 'pocket',
  clean: false,
});
asleep.on('connect', () => {
  asleep.subscribe('house/#', { qos: 2 }, () => asleep.end(false, {}, night));
});

function night() {
  const house = mqtt.connect('mqtt://localhost', { clientId: 'home' });
  house.once('connect', () => {
    house.publish('house/alarm', Buffer.from('water!'), { qos: 2 });
    house.publish('house/valve', JSON.stringify({ open: false }), {
      qos: 1,
      retain: true,
    });
    house.once('connect', () => morning(() => house.end()));
  });
}

function morning(done: () => void) {
  const awake = mqtt.connect('mqtt://localhost', {
    clientId: 'pocket',
    clean: false,
  });
  const seen = new Set<string>();
  awake.on('message', (topic, payload, { retain }) => {
    console.log(topic, payload.toString());
    if (topic === 'house/alarm' || retain) seen.add(topic);
    if (seen.size === 2) awake.end(false, {}, done);
  });
  awake.once('connect', () => awake.subscribe('house/valve', { qos: 1 }));
}
