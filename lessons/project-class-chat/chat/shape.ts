import mqtt from 'mqtt';

const will = { topic: 'shop/till-2/open', payload: Buffer.from('no'), retain: true };
const till = await mqtt.connectAsync('mqtt://localhost', { will });
till.publish('shop/till-2/open', 'yes', { retain: true });
for (let sale = 0; sale < 9; sale++) {
  till.publish(`shop/till-2/receipt/${sale % 5}`, `${sale} €`, { retain: true });
}
till.subscribe('shop/+/open');
