import mqtt from 'mqtt';

const till = mqtt.connect({
  host: 'localhost',
  clientId: 'till-2',
  clean: false,
});
const orders = ['Salami', 'Tonno', 'Verdure', 'Bufala'];
let confirmed = 0;
till.once('connect', () => {
  for (const order of orders) {
    till.publish('pizzeria/orders', order, { qos: 2 }, () => {
      confirmed++;
      if (confirmed === orders.length) till.end();
    });
  }
});
