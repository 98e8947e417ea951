import mqtt from 'mqtt';

// One filter for each.
const filters = {
  'all-lights': 'light/#', // a screen: the state of every light
  'ground-floor': '+/0/#', // a screen: every state of that floor
  'bedroom-lamp': 'set/light/1/bedroom', // a lamp: commands for it
};
for (const [clientId, filter] of Object.entries(filters)) {
  const client = mqtt.connect('mqtt://localhost', { clientId });
  client.on('connect', () => client.subscribe(filter));
  client.on('message', (topic, payload) => {
    console.log(clientId, topic, payload.toString());
  });
}
