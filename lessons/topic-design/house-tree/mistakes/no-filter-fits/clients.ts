import mqtt from 'mqtt';

// One filter for each.
const filters = {
  'all-lights': 'home/+/light', // a screen: the state of every light
  'ground-floor': 'home/kitchen/#', // a screen: every state of that floor
  'bedroom-lamp': 'home/bedroom/light/set', // a lamp: commands for it
};
for (const [clientId, filter] of Object.entries(filters)) {
  const client = mqtt.connect('mqtt://localhost', { clientId });
  client.on('connect', () => client.subscribe(filter));
  client.on('message', (topic, payload) => {
    console.log(clientId, topic, payload.toString());
  });
}
