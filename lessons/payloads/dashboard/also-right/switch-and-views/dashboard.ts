import mqtt from 'mqtt';

const wall = mqtt.connect('mqtt://localhost:1883', { protocolVersion: 5 });
wall.on('connect', () => wall.subscribe('radio/#', { qos: 1 }));
wall.on('message', (topic, bytes) => {
  const text = new TextDecoder().decode(bytes);
  if (text === '') {
    console.log(topic, 'has a new battery');
    return;
  }
  let celsius = NaN;
  switch (topic) {
    case 'radio/attic':
      celsius = parseFloat(text);
      break;
    case 'radio/kitchen': {
      const { temp, unit } = JSON.parse(text);
      celsius = unit === 'F' ? (temp - 32) / 1.8 : temp;
      break;
    }
    case 'radio/garage': {
      const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      celsius = view.getInt16(0) / 10;
      break;
    }
  }
  const value = Math.round(celsius * 10) / 10;
  const at = `${new Date().toISOString().slice(0, 19)}Z`;
  wall.publish(
    topic.replace('radio', 'house'),
    Buffer.from(JSON.stringify({ v: 1, at, unit: 'C', value })),
    { qos: 1, retain: true },
  );
});
