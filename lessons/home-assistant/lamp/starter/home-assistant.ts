import mqtt from 'mqtt';
import { display } from 'device';

// A played Home Assistant, for lamps only: it does what its manual says.
// Leave it as it is.
const card = display('Home Assistant');
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const announcement = /^homeassistant\/(\w+)\/([\w-]+\/)?[\w-]+\/config$/;
// Its manual has short names, too.
const long: Record<string, string> = {
  cmd_t: 'command_topic',
  stat_t: 'state_topic',
  avty_t: 'availability_topic',
  uniq_id: 'unique_id',
};

function read(text: string): Record<string, string> {
  const config: Record<string, string> = {};
  for (const [key, value] of Object.entries(JSON.parse(text))) {
    config[long[key] ?? key] = String(value);
  }
  // A value that begins or ends with ~ means this base.
  const base = config['~'];
  for (const key in config) {
    if (base === undefined || !key.endsWith('_topic')) continue;
    config[key] = config[key]!.replace(/^~|~$/, base);
  }
  return config;
}

async function live(clicks: boolean[]) {
  const status = 'homeassistant/status';
  const client = await mqtt.connectAsync('mqtt://localhost', {
    clientId: 'home-assistant',
    will: { topic: status, payload: Buffer.from('offline') },
  });
  let lamp: Record<string, string> | undefined;
  let available = false;
  let state = 'unknown';
  const show = () => {
    if (!lamp) return card.show('no lamps');
    card.show(
      `${lamp.name ?? 'MQTT Light'}: ${available ? state : 'unavailable'}`,
    );
  };

  client.on('message', (topic, payload) => {
    const text = payload.toString();
    const [, component] = announcement.exec(topic) ?? [];
    if (component !== undefined) {
      if (component !== 'light') {
        return console.log(`Not a light, but "${component}"`);
      }
      try {
        lamp = read(text);
      } catch {
        return console.log('Unable to parse JSON:', text);
      }
      if (!lamp.command_topic) {
        lamp = undefined;
        return console.log('required key not provided: command_topic');
      }
      available = lamp.availability_topic === undefined;
      for (const key of ['availability_topic', 'state_topic']) {
        if (lamp[key]) client.subscribe(lamp[key]);
      }
    }
    if (lamp && topic === lamp.availability_topic) {
      available = text === (lamp.payload_available ?? 'online');
    }
    if (lamp && topic === lamp.state_topic) state = text;
    show();
  });
  show();
  await client.subscribeAsync([
    'homeassistant/+/+/config',
    'homeassistant/+/+/+/config',
  ]);
  await client.publishAsync(status, 'online');
  // It has two seconds for lamps to come.
  for (let n = 0; n < 20 && !(lamp && available); n++) await wait(100);

  // Somebody clicks on the card; what is unavailable can't be clicked.
  for (const on of clicks) {
    if (!lamp || !available) break;
    const word = on ? (lamp.payload_on ?? 'ON') : (lamp.payload_off ?? 'OFF');
    await client.publishAsync(lamp.command_topic!, word);
    await wait(700);
  }
  await wait(500);
  await client.publishAsync(status, 'offline');
  await client.endAsync();
}

// The lamp is there first.
await wait(1500);
await live([true, false, true]);
card.show('restarts …');
await wait(800);
await live([]);
