import { connect } from 'mqtt';

const house = connect({ host: 'localhost', port: 1883, protocol: 'mqtt' });
const states = {
  'v1/家/一樓/廚房/燈': 70,
  'v1/家/一樓/客廳/燈': 45,
  'v1/家/二樓/臥室/燈': 30,
  'v1/家/一樓/廚房/溫度': 21,
  'v1/家/二樓/臥室/溫度': 18,
  'v1/家/二樓/臥室/燈/設定': 55,
};
setInterval(() => {
  for (const [topic, value] of Object.entries(states)) {
    house.publish(topic, JSON.stringify({ value }), { qos: 1 });
  }
}, 1200);
