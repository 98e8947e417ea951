import mqtt from 'mqtt';

const gate = mqtt.connect('mqtt://localhost', { reconnectPeriod: 0 });
const pauses = [300, 900, 2700];
gate.on('close', () => {
  const pause = pauses.shift() ?? 9000;
  setTimeout(() => gate.reconnect(), pause * (0.5 + Math.random()));
});
