import mqtt from 'mqtt';

const client = mqtt.connect('mqtt://localhost:1883?clientId=a4:cf:12:9b:00:02');
client.on('connect', () => {
  setInterval(
    () =>
      client.publish(
        'home/bedroom/temperature',
        JSON.stringify({ celsius: 19 }),
      ),
    500,
  );
});
