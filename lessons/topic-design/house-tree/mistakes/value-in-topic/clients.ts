import mqtt from 'mqtt';

// One filter for each.
const filters = {
  'all-lights': 'house/+/+/light/state', // a screen: the state of every light
  'ground-floor': 'house/ground/#', // a screen: every state of that floor
  'bedroom-lamp': 'house/upper/bedroom/light/set', // a lamp: commands for it
};
for (const [clientId, filter] of Object.entries(filters)) {
  const client = mqtt.connect('mqtt://localhost', { clientId });
  client.on('connect', () => client.subscribe(filter));
  client.on('message', (topic, payload) => {
    console.log(clientId, topic, payload.toString());
  });
}
