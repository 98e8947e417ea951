import { connect } from 'mqtt';

const phone = connect({ host: 'localhost', port: 1883, protocol: 'mqtt' });
let goals = 0;
phone.on('connect', () => {
  phone.subscribe('chat/football');
  phone.subscribe('chat/family');
});
phone.on('message', (topic, payload) => {
  console.log(topic, String(payload));
  if (topic === 'chat/football' && ++goals === 3) phone.unsubscribe(topic);
});
