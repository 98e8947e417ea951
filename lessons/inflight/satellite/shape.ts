import mqtt from 'mqtt';

const lift = await mqtt.connectAsync('mqtt://localhost');
const guests = ['Ann', 'Bob', 'Cem', 'Dora'];
const ride = (guest: string) => lift.publishAsync('hotel/lift', guest, { qos: 1 });
for (let at = 0; at < guests.length; at += 2) {
  await Promise.all(guests.slice(at, at + 2).map(ride));
}
