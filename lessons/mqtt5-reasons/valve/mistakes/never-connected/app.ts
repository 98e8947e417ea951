import mqtt from 'mqtt';
console.log('hi');
