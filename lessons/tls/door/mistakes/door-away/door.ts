import mqtt from 'mqtt';

// The door's program runs on the broker's own machine.
console.log(typeof mqtt);
/*'mqtt://localhost:1883', {
  clientId: 'door',
  username: 'door',
  password: 'sesame',
  reconnectPeriod: 0,
});
await client.publishAsync('house/door', 'open');
*/
