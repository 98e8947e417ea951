import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost', { clientId: 'kitchen', manualConnect: true });
console.log(client.options.clientId);
