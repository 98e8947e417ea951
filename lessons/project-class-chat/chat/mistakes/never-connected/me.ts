import mqtt from 'mqtt';

console.log(typeof mqtt.connect);
