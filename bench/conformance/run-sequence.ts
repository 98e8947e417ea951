/** Runs one of Mosquitto's sequences against a broker and returns the result. */
import { generate } from 'mqtt-packet';
import { encodePubrel } from '../../sandbox/mqtt/encode.ts';
import { FrameCutter } from '../../sandbox/mqtt/frame-cutter.ts';
import { isViolation, parsePacket } from '../../sandbox/mqtt/packet.ts';
import type { MqttVersion, QoS } from '../../sandbox/protocol/mqtt.ts';
import { FrameClient } from '../../sandbox/testing/frame-client.ts';
import { openStream } from '../../sandbox/testing/open-stream.ts';
import type { Sequence, SequenceStep } from './sequence-source.ts';

export interface SequenceOutcome {
  /**
   * exact: byte for byte as Mosquitto's test expects. said-more: the same packets and codes, with
   * other properties, or with a DISCONNECT that the test does not expect. other-code: refused as
   * expected, with another 5.0 reason code.
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

/** Mosquitto's tests wait this long for a packet or for the end. */
const PATIENCE_MS = 2000;
const PINGREQ = Uint8Array.of(0xc0, 0);
const hex = (bytes: Uint8Array | null): string =>
  bytes === null ? 'the end' : Buffer.from(bytes).toString('hex');

async function open(target: Target): Promise<FrameClient> {
  const client = new FrameClient(await openStream(target));
  client.patienceMs = PATIENCE_MS;
  return client;
}

export async function runSequence(sequence: Sequence, target: Target): Promise<SequenceOutcome> {
  const client = await open(target);
  const notes: Notes = new Map();
  try {
    if (sequence.connect) {
      client.write(connectPacket(sequence.clientId, sequence.version));
      greeted(await client.nextFrame(), sequence.version);
    }
    for (const step of sequence.steps) await runStep(step, client, sequence, target, notes);
    await checkEnd(sequence, client, notes);
  } catch (error) {
    return { result: 'failed', why: (error as Error).message };
  } finally {
    client.terminate();
  }
  const why = notes.get('other-code');
  if (why !== undefined) return { result: 'other-code', why };
  return { result: notes.has('said-more') ? 'said-more' : 'exact' };
}

async function runStep(
  step: SequenceStep,
  client: FrameClient,
  { version, about }: Sequence,
  target: Target,
  notes: Notes,
): Promise<void> {
  if (step.do === 'send') return void client.write(step.bytes);
  if (step.do === 'publish') return publishFrom(target, step);
  const speaks = about === '5.0' ? 5 : version;
  for (const frame of new FrameCutter().push(step.bytes).frames) {
    const { result, why = '' } = compare(frame, await client.nextFrame(), speaks);
    notes.set(result, why);
  }
}

async function checkEnd(
  { expectClosed, about }: Sequence,
  client: FrameClient,
  notes: Notes,
): Promise<void> {
  if (!expectClosed) {
    client.write(PINGREQ);
    const answer = await client.nextFrame();
    if (hex(answer) !== 'd000') throw new Error(`no PINGRESP but ${hex(answer)}`);
    return;
  }
  const last = await client.nextFrame();
  if (last === null) return;
  // 5.0 lets a broker send DISCONNECT with a reason before it closes (section 4.13); Mosquitto's
  // tests expect none.
  const packet = parsePacket(last, about === '5.0' ? 5 : 4, 'to-client');
  const farewell =
    about === '5.0' && !isViolation(packet) && /^(CONNACK|DISCONNECT)$/.test(packet.kind);
  if (!farewell || (await client.nextFrame()) !== null)
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

/** Throws if the packets differ. */
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
  const protocolId = version === 3 ? 'MQIsdp' : 'MQTT';
  const properties = version === 5 && { properties: { receiveMaximum: 20 } };
  const packet = { cmd: 'connect', protocolId, protocolVersion: version, clean: true } as const;
  return generate({ ...packet, keepalive: 60, clientId, ...properties });
}

async function publishFrom(
  target: Target,
  { topic, payload, qos }: SequenceStep & { do: 'publish' },
): Promise<void> {
  const helper = await open(target);
  const expect = async (wanted: string): Promise<void> => {
    const got = hex(await helper.nextFrame());
    if (got !== wanted) throw new Error(`the helper wanted ${wanted}, got ${got}`);
  };
  try {
    helper.write(connectPacket('helper', 4));
    await expect('20020000');
    const packet = { cmd: 'publish', topic, payload, messageId: 1, dup: false } as const;
    helper.write(generate({ ...packet, qos: qos as QoS, retain: false }));
    if (qos === 1) await expect('40020001');
    if (qos === 2) {
      await expect('50020001');
      helper.write(encodePubrel(4, 1));
      await expect('70020001');
    }
  } finally {
    helper.terminate();
  }
}
