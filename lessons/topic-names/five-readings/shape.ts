import mqtt from 'mqtt';

const school = await mqtt.connectAsync('mqtt://localhost');
const readings = { 'school/library/light': 'on', 'school/pool/level': '1.9' };
for (const [place, value] of Object.entries(readings)) {
  await school.publishAsync(place, value);
}
