/** What the sensor said, and what phones got of it. */
import { delivered, packets, published, type Seen } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../sandbox/protocol/mqtt.ts';

export const SENSOR = 'sensor';
export const PHONE = 'phone';
export const GUEST = 'guest';
export const TEMPERATURE = 'home/livingroom/temperature';
export const STATUS = 'home/livingroom/sensor';

export const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
export const textOf = ({ packet }: Seen<PublishPacket>) => text(packet.payload);
/** A number, also with its unit or in JSON. */
export const isReading = (seen: Seen<PublishPacket>) => /-?\d+(\.\d+)?/.test(textOf(seen));

export const readings = (view: View) => published(view, SENSOR, TEMPERATURE).filter(isReading);
export const wills = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: SENSOR }).flatMap(({ packet }) =>
    packet.will ? [packet.will] : [],
  );
export const isConnected = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: SENSOR }).length > 0;
export const isGoodWill = (will: ReturnType<typeof wills>[number]) =>
  will.topic === STATUS && text(will.payload) === 'offline' && will.retain;

/** Where the trace has the end of the sensor's connection, when the battery was empty. */
export const brokenAt = (view: View): number | undefined =>
  view.entries.find((entry) => entry.type === 'line-closed' && entry.by === 'fault')?.n;
export const said = (view: View, word: string) =>
  published(view, SENSOR, STATUS).filter((seen) => textOf(seen) === word);
export const gotStatus = (view: View, word: string) =>
  delivered(view, PHONE, STATUS).filter((seen) => textOf(seen) === word);

/** What guests got at once, when they had subscribed: what the broker keeps. */
export const keptFor = (view: View, topic: string) =>
  delivered(view, GUEST, topic).filter(({ packet }) => packet.retain);
export const filtersOf = (view: View, name: string) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name }).flatMap(({ packet }) =>
    packet.subscriptions.map(({ filter }) => filter),
  );
