/** Plays one of Mosquitto's sequences against a broker and says how it went. */
import { encodePubrel } from '../../sandbox/mqtt/encode.ts';
import { encodeVarint } from '../../sandbox/mqtt/varint.ts';
import { FrameCutter } from '../../sandbox/mqtt/frame-cutter.ts';
import { isViolation, parsePacket } from '../../sandbox/mqtt/packet.ts';
import type { MqttVersion } from '../../sandbox/protocol/mqtt.ts';
import { RawClient } from './sequence-client.ts';
import type { Sequence, SequenceStep } from './sequence-source.ts';

export interface SequenceOutcome {
  /**
   * exact: byte for byte what Mosquitto's test wants. said-more: the same packets and codes, with
   * other properties, or with a farewell where the test wants none. other-code: refused as it
   * should be, with another 5.0 reason code.
   */
  result: 'exact' | 'said-more' | 'other-code' | 'failed';
  why?: string;
}
export interface Target {
  host: string;
  port: number;
}

/** What was seen, with the last reason for it. */
type Notes = Map<SequenceOutcome['result'], string>;

const PINGREQ = Uint8Array.of(0xc0, 0);
const hex = (bytes: Uint8Array | null): string =>
  bytes === null ? 'the end' : Buffer.from(bytes).toString('hex');

export async function runSequence(sequence: Sequence, target: Target): Promise<SequenceOutcome> {
  const client = await RawClient.open(target.host, target.port);
  const notes: Notes = new Map();
  try {
    if (sequence.connect) {
      client.send(connectPacket(sequence.clientId, sequence.version));
      greeted(await client.next(), sequence.version);
    }
    for (const step of sequence.steps) await runStep(step, client, sequence, target, notes);
    await checkEnd(sequence, client, notes);
  } catch (error) {
    return { result: 'failed', why: (error as Error).message };
  } finally {
    client.end();
  }
  const why = notes.get('other-code');
  if (why !== undefined) return { result: 'other-code', why };
  return { result: notes.has('said-more') ? 'said-more' : 'exact' };
}

async function runStep(
  step: SequenceStep,
  client: RawClient,
  { version, about }: Sequence,
  target: Target,
  notes: Notes,
): Promise<void> {
  if (step.do === 'send') return client.send(step.bytes);
  if (step.do === 'publish') return publishFrom(target, step);
  const speaks = about === '5.0' ? 5 : version;
  for (const frame of new FrameCutter().push(step.bytes).frames) {
    const { result, why = '' } = compare(frame, await client.next(), speaks);
    notes.set(result, why);
  }
}

async function checkEnd(
  { expectClosed, about }: Sequence,
  client: RawClient,
  notes: Notes,
): Promise<void> {
  if (!expectClosed) {
    client.send(PINGREQ);
    const answer = await client.next();
    if (hex(answer) !== 'd000') throw new Error(`no PINGRESP but ${hex(answer)}`);
    return;
  }
  const last = await client.next();
  if (last === null) return;
  // 5.0 lets a broker say why before it hangs up (section 4.13); Mosquitto's tests want silence.
  const packet = parsePacket(last, about === '5.0' ? 5 : 4, 'to-client');
  const farewell =
    about === '5.0' && !isViolation(packet) && /^(CONNACK|DISCONNECT)$/.test(packet.kind);
  if (!farewell || (await client.next()) !== null)
    throw new Error(`still there, sent ${hex(last)}`);
  notes.set('said-more', '');
}

/** The CONNACK that opens a sequence is not its subject: any that accepts will do. */
function greeted(frame: Uint8Array | null, version: MqttVersion): void {
  const packet = frame === null ? null : parsePacket(frame, version, 'to-client');
  const accepted =
    packet !== null && !isViolation(packet) && packet.kind === 'CONNACK' && packet.reasonCode === 0;
  if (!accepted) throw new Error(`not connected: ${hex(frame)}`);
}

/** Throws where the two are not the same packet. */
function compare(
  wanted: Uint8Array,
  got: Uint8Array | null,
  version: MqttVersion,
): SequenceOutcome {
  if (hex(wanted) === hex(got)) return { result: 'exact' };
  const theirs = parsePacket(wanted, version, 'to-client');
  const ours = got === null ? null : parsePacket(got, version, 'to-client');
  if (ours === null || isViolation(ours)) throw new Error(`wanted ${hex(wanted)}, got ${hex(got)}`);
  if (version !== 5 || isViolation(theirs) || ours.kind !== theirs.kind) {
    throw new Error(`wanted ${hex(wanted)}, got ${hex(got)}`);
  }
  const bare = (packet: object): string =>
    JSON.stringify({ ...packet, properties: undefined, length: 0, reasonCode: 0 });
  if (bare(ours) !== bare(theirs)) throw new Error(`wanted ${hex(wanted)}, got ${hex(got)}`);
  const code = (packet: object): string =>
    `${(packet as { reasonCode?: number }).reasonCode?.toString(16)}`;
  if (code(ours) === code(theirs)) return { result: 'said-more' };
  return { result: 'other-code', why: `${ours.kind} ${code(ours)}, wanted ${code(theirs)}` };
}

/** What Mosquitto's gen_connect writes: clean, 60 s, and in 5.0 a receive maximum of 20. */
function connectPacket(clientId: string, version: MqttVersion): Uint8Array {
  const name = Buffer.from(version === 3 ? 'MQIsdp' : 'MQTT');
  const id = Buffer.from(clientId);
  const properties = version === 5 ? [3, 0x21, 0, 20] : [];
  const body = [0, name.length, ...name, version, 2, 0, 60, ...properties];
  body.push(id.length >> 8, id.length & 0xff, ...id);
  return Uint8Array.from([0x10, ...encodeVarint(body.length), ...body]);
}

async function publishFrom(
  { host, port }: Target,
  { topic, payload, qos }: SequenceStep & { do: 'publish' },
): Promise<void> {
  const helper = await RawClient.open(host, port);
  const expect = async (wanted: string): Promise<void> => {
    const got = hex(await helper.next());
    if (got !== wanted) throw new Error(`the helper wanted ${wanted}, got ${got}`);
  };
  try {
    helper.send(connectPacket('helper', 4));
    await expect('20020000');
    const name = Buffer.from(topic);
    const body = [0, name.length, ...name, ...(qos > 0 ? [0, 1] : []), ...Buffer.from(payload)];
    helper.send(Uint8Array.from([0x30 | (qos << 1), ...encodeVarint(body.length), ...body]));
    if (qos === 1) await expect('40020001');
    if (qos === 2) {
      await expect('50020001');
      helper.send(encodePubrel(4, 1));
      await expect('70020001');
    }
  } finally {
    helper.end();
  }
}
