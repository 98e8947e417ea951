// Packets that break the specification, as the parser sees them.
import mqtt from 'mqtt-packet';

const cases = [
  ['PUBLISH with packet identifier 0', 4, '320500017400 00'],
  ['SUBSCRIBE with packet identifier 0', 4, '8206000000017400'],
  ['UNSUBSCRIBE with packet identifier 0', 4, 'a205000000 0174'],
  ['PUBLISH at QoS 1 without a packet identifier', 4, '3203000174'],
  ['PUBLISH at QoS 0 with DUP 1', 4, '3803000174'],
  ['UNSUBSCRIBE without a filter', 4, 'a2020001'],
  ['PINGREQ with a payload', 4, 'c00100'],
  ['PUBACK of three bytes', 4, '4003000100'],
  ['PUBACK of one byte', 4, '400101'],
  ['CONNECT with will QoS 3', 4, '101300044d515454041e000a000163000174000178'],
  ['CONNECT with a password and no user name', 4, '101000044d5154540442000a000163000178'],
  ['CONNECT with a byte too many', 4, '100e00044d5154540402000a00016300'],
  ['PINGREQ with remaining length 80 00', 5, 'c08000'],
  ['PUBLISH with payload format indicator 2', 5, '3006000174020102'],
  ['PUBLISH with two content types', 5, '300c0001740803000161 03000161'],
];
// These are right, and stay so.
const good = [
  ['DISCONNECT of two bytes', 5, 'e000'],
  ['DISCONNECT with a reason code only', 5, 'e00104'],
  ['PUBLISH', 5, '300400017400'],
  ['CONNECT', 4, '100d00044d5154540402000a000163'],
];

function accepts(protocolVersion, hex) {
  let accepted = false;
  const parser = mqtt.parser({ protocolVersion });
  parser.on('packet', () => (accepted = true));
  parser.on('error', () => (accepted = false));
  parser.parse(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
  return accepted;
}

const wrong = cases.filter(([, version, hex]) => accepts(version, hex));
const refused = good.filter(([, version, hex]) => !accepts(version, hex));
for (const [what, version] of wrong) console.log(`${what} (${version === 5 ? '5.0' : '3.1.1'})`);
for (const [what] of refused) console.log(`${what} is refused`);
console.log(`Accepted: ${wrong.length} of ${cases.length}, expected 0.`);
process.exit(wrong.length + refused.length === 0 ? 0 : 1);
