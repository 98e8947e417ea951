/** Who the learner is in the chat, what they said there, and what Ann and Ben got of it. */
import { delivered, over, packets, published, type Seen } from '../../sandbox/checks/view.ts';
import type { View } from '../../sandbox/protocol/exercise.ts';
import type { PublishPacket } from '../../sandbox/protocol/mqtt.ts';

export const ME = 'me';
export const ANN = 'ann';
export const BEN = 'ben';
/** So many texts a person stay: their topics end in 0, 1, 2. */
export const SLOTS = 3;
/** Enough that the first of them has been replaced. */
export const FEW = SLOTS + 1;
const QUIET_MS = 3000;

export const text = (payload: Uint8Array) => new TextDecoder().decode(payload);
export const textOf = ({ packet }: Seen<PublishPacket>) => text(packet.payload);

const HERE = /^class\/([^/]+)\/here$/;
const TEXT = /^class\/([^/]+)\/chat\/lobby\/[^/]+$/;
export const hereOf = (name: string) => `class/${name}/here`;
/** Whose presence a topic is; undefined: nobody's. */
export const presenceOf = (topic: string): string | undefined => HERE.exec(topic)?.[1];
/** Whose text in the lobby it is; undefined: nobody's. */
export const writerOf = (topic: string): string | undefined => TEXT.exec(topic)?.[1];
export const isPlayed = (name: string | undefined) => name === ANN || name === BEN;

export const connects = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: ME });
export const wills = (view: View) =>
  connects(view).flatMap(({ packet }) => (packet.will ? [packet.will] : []));
/** The will is where others look for it: who the learner is, until the end. */
export function nameIn(view: View): string | undefined {
  const [will] = wills(view);
  const name = will && presenceOf(will.topic);
  return isPlayed(name) ? undefined : name;
}
export function hasGoodWill(view: View): boolean {
  const name = nameIn(view);
  return (
    name !== undefined &&
    wills(view).every(
      (will) => will.topic === hereOf(name) && text(will.payload) === 'offline' && will.retain,
    )
  );
}
/** What the program said about its own presence. */
export const said = (view: View, word: string) => {
  const name = nameIn(view);
  return name === undefined
    ? []
    : published(view, ME, hereOf(name)).filter((seen) => textOf(seen) === word);
};

export const filtersOf = (view: View, name: string) =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name }).flatMap(({ packet }) =>
    packet.subscriptions.map(({ filter }) => filter),
  );

/** What the program published and is no presence. */
export const spoken = (view: View) =>
  published(view, ME).filter(
    ({ packet }) => presenceOf(packet.topic) === undefined && packet.payload.length > 0,
  );
/** The learner's texts in the lobby, below their own name. */
export const texts = (view: View) => {
  const name = nameIn(view);
  return spoken(view).filter(({ packet }) => name !== undefined && writerOf(packet.topic) === name);
};
/** Those that Ann got. */
export const heardByAnn = (view: View) =>
  delivered(view, ANN).filter(
    ({ packet }) => writerOf(packet.topic) === nameIn(view) && packet.payload.length > 0,
  );
/** Ben's own connection: before it, his phone counts. */
export const benCame = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: BEN }).find(
    ({ packet }) => packet.clientId === BEN,
  );
/** What the broker kept of the learner's texts, as Ben got it when he came. */
export const keptForBen = (view: View) => {
  const came = benCame(view)?.entry.n ?? Infinity;
  return delivered(view, BEN).filter(
    ({ packet, entry }) =>
      entry.n > came && packet.retain && writerOf(packet.topic) === nameIn(view),
  );
};

/** Where the learner's connection was cut, when the laptop was closed. */
export const brokenAt = (view: View) =>
  view.entries.find((entry) => entry.type === 'line-closed' && entry.by === 'fault')?.n;
/** Whether the connection that was cut is the one of the will. */
export function hadWill(view: View, brokenAt: number): boolean {
  const end = view.entries.find(({ n }) => n === brokenAt);
  return connects(view).some(
    ({ packet, line }) =>
      end?.type === 'line-closed' && line.line === end.line && packet.will !== undefined,
  );
}
export const annTold = (view: View, word: string) => {
  const name = nameIn(view);
  return name === undefined
    ? []
    : delivered(view, ANN, hereOf(name)).filter((seen) => textOf(seen) === word);
};

/** What has not come by now does not come: the programs are over, or nothing has happened for a while. */
export const isDone = (view: View): boolean =>
  (over(view, ME) && over(view, BEN)) ||
  (connects(view).length > 0 && (view.now ?? 0) - (view.entries.at(-1)?.at ?? 0) >= QUIET_MS);
