import { connect } from 'mqtt';

setTimeout(() => {
  const phone = connect('mqtt://localhost');
  phone.on('connect', () => phone.subscribe('home/+/state'));
  phone.on('message', (_topic, payload, { retain }) =>
    console.log(String(payload), retain),
  );
}, 2000);
