import { connect } from 'mqtt';

interface Reading {
  value: number;
  at: string;
}
const display = connect({
  host: 'localhost',
  port: 1883,
  protocol: 'mqtt',
  protocolVersion: 5,
});
const known: Record<string, Reading> = {};
const shown: Record<string, string> = {};

function show(name: string): void {
  const { value, at } = known[name]!;
  const text =
    Date.now() - new Date(at).getTime() < 2000 ? String(value) : 'old';
  if (shown[name] !== text)
    display.publish(`display/${name}`, text, { qos: 1, retain: true });
  shown[name] = text;
}
display.on('connect', () =>
  display.subscribe(['fridge/temperature', 'freezer/temperature']),
);
display.on('message', (topic, payload) => {
  const name = topic.slice(0, topic.indexOf('/'));
  known[name] = JSON.parse(String(payload)) as Reading;
  show(name);
});
setInterval(() => Object.keys(known).forEach(show), 500);
