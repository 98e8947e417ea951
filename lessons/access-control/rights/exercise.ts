import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import {
  delivered,
  hasFailed,
  packets,
  partedLines,
  published,
} from '../../../sandbox/checks/view.ts';

const [KITCHEN, ATTIC, PHONE] = ['kitchen', 'attic', 'phone'];
const CLIENT_IDS: Record<string, string> = { kitchen: 'sensor-1', attic: 'sensor-2' };
const topicOf = (room: string) => `home/${room}/temperature`;
/** What each program publishes, as the starter has it. */
const [OWN, OF_ATTIC, FORGED, PLAYED] = ['21', '15', '99', '-40'];

const textOf = (payload: Uint8Array) => new TextDecoder().decode(payload);
const got = (view: View, name: string, topic: string, text: string) =>
  delivered(view, name, topic).filter(({ packet }) => textOf(packet.payload) === text);
const sent = (view: View, name: string, topic: string, text: string) =>
  published(view, name, topic).filter(({ packet }) => textOf(packet.payload) === text);

/** Readings that reached the phone, from whom they may come. */
const ownReadings = (view: View) => [
  ...got(view, PHONE!, topicOf(KITCHEN!), OWN!),
  ...got(view, PHONE!, topicOf(ATTIC!), OF_ATTIC!),
];
/** The phone received something later: what was delivered before would be there. */
const isDecided = (view: View, n: number | undefined): boolean =>
  n !== undefined && ownReadings(view).some(({ entry }) => entry.n > n);

/** Something forbidden was tried, and nothing of it arrived. */
const forgedAt = (view: View) => sent(view, KITCHEN!, topicOf(ATTIC!), FORGED!)[0]?.entry.n;
const forged = (view: View) => got(view, PHONE!, topicOf(ATTIC!), FORGED!).length > 0;
const playedAt = (view: View) => sent(view, PHONE!, topicOf(KITCHEN!), PLAYED!)[0]?.entry.n;
const played = (view: View) => got(view, PHONE!, topicOf(KITCHEN!), PLAYED!).length > 0;
const askedAt = (view: View) =>
  packets(view, { kind: 'SUBACK', direction: 'to-client', name: ATTIC! })[0]?.entry.n;
/** Also its own temperature: a sensor reads nothing. */
const spied = (view: View) => delivered(view, ATTIC!)[0];
/** The phone has the attic's second reading: of the first the attic would have its copy. */
const isSpyDecided = (view: View) =>
  isDecided(view, askedAt(view)) && got(view, PHONE!, topicOf(ATTIC!), OF_ATTIC!).length > 1;

const firstError = (view: View): string | undefined =>
  view.entries.filter((entry) => entry.type === 'log').find(({ level }) => level === 'error')?.text;
/** By themselves: who pressed Stop has seen nothing of what was still to come. */
const allOver = (view: View) =>
  [KITCHEN, ATTIC, PHONE].every(
    (device) => partedLines(view, device!).size > 0 || hasFailed(view, device!),
  );

/** The broker's log: it dropped what a sensor published as its own (Mosquitto's words). */
const isDenied = (view: View, room: string): boolean =>
  view.entries.some(
    (entry) =>
      entry.type === 'log' &&
      entry.text.startsWith(`Denied PUBLISH from ${CLIENT_IDS[room]} `) &&
      entry.text.includes(`'${topicOf(room)}'`),
  );

/**
 * The sensor's own message came to the broker and was acknowledged while the phone was subscribed, and the
 * rules let the sensor write: if the phone has nothing of it, the phone may not read it.
 */
function couldBeRead(view: View, room: string): boolean {
  if (isDenied(view, room)) return false;
  const of = { name: PHONE! };
  const from = packets(view, { ...of, kind: 'SUBACK', direction: 'to-client' })[0];
  const left = packets(view, { ...of, kind: 'DISCONNECT', direction: 'to-broker' })[0];
  if (!from) return false;
  const acknowledged = packets(view, { kind: 'PUBACK', direction: 'to-client', name: room });
  return published(view, room, topicOf(room)).some(({ packet, entry }) =>
    acknowledged.some(
      (answer) =>
        answer.packet.packetId === packet.packetId &&
        entry.n > from.entry.n &&
        answer.entry.n > entry.n &&
        answer.entry.n < (left?.entry.n ?? Infinity),
    ),
  );
}
/** A program that is over never did what the rules should forbid. */
const changed = (device: string, at: (view: View) => number | undefined): Hint => ({
  id: 'program-changed',
  when: (view) => allOver(view) && at(view) === undefined && { device },
});

/** Nobody is stopped from anything: no rules are in force. */
const isLawless = (view: View): boolean =>
  forged(view) && spied(view) !== undefined && (played(view) || playedAt(view) === undefined);

/** One room's readings came, and the other's did not. */
function missingRoom(view: View): string | undefined {
  if (!allOver(view) || ownReadings(view).length === 0) return undefined;
  return got(view, PHONE!, topicOf(ATTIC!), OF_ATTIC!).length > 0 ? KITCHEN! : ATTIC!;
}

const exercise: Exercise = {
  devices: ['kitchen.ts', 'attic.ts', 'phone.ts'],
  panels: ['files', 'stage', 'packets'],
  scene: {},
  checks: [
    {
      id: 'reads',
      holds: (view) =>
        got(view, PHONE!, topicOf(KITCHEN!), OWN!).length > 0 &&
        got(view, PHONE!, topicOf(ATTIC!), OF_ATTIC!).length > 0,
      hints: [
        {
          id: 'not-started',
          when: (view) => {
            const error = firstError(view);
            return error === undefined ? false : { error };
          },
        },
        {
          id: 'locked-out',
          when: (view) => {
            const refused = packets(view, { kind: 'CONNACK', direction: 'to-client' }).find(
              ({ packet, line }) => line.role === 'device' && packet.reasonCode !== 0,
            );
            return refused
              ? { device: `${refused.line.name}`, code: refused.packet.reasonCode }
              : false;
          },
        },
        {
          id: 'one-missing',
          when: (view) => {
            const room = missingRoom(view);
            return (
              room !== undefined && isDenied(view, room) && { topic: topicOf(room), user: room }
            );
          },
        },
        {
          id: 'one-not-read',
          when: (view) => {
            const room = missingRoom(view);
            return (
              room !== undefined && couldBeRead(view, room) && { topic: topicOf(room), user: room }
            );
          },
        },
        {
          id: 'sensor-not-allowed',
          when: (view) => {
            const denied = [KITCHEN!, ATTIC!].find((room) => isDenied(view, room));
            return (
              allOver(view) && denied !== undefined && { user: denied, topic: topicOf(denied) }
            );
          },
        },
        {
          id: 'nothing-arrives',
          when: (view) =>
            allOver(view) && [KITCHEN!, ATTIC!].some((room) => couldBeRead(view, room)),
        },
      ],
    },
    {
      id: 'forged',
      holds: (view) => isDecided(view, forgedAt(view)) && !forged(view),
      hints: [
        { id: 'no-rules', when: (view) => isLawless(view) && allOver(view) },
        { id: 'writes-elsewhere', when: (view) => !isLawless(view) && forged(view) },
        changed(KITCHEN!, forgedAt),
      ],
    },
    {
      id: 'spied',
      holds: (view) => isSpyDecided(view) && spied(view) === undefined,
      hints: [
        {
          id: 'reads-along',
          when: (view) => {
            const topic = spied(view)?.packet.topic;
            return topic !== undefined && !forged(view) && { topic };
          },
        },
        changed(ATTIC!, askedAt),
      ],
    },
    {
      id: 'played',
      holds: (view) => isDecided(view, playedAt(view)) && !played(view),
      hints: [
        {
          id: 'phone-writes',
          when: (view) =>
            played(view) &&
            !forged(view) &&
            spied(view) === undefined &&
            ownReadings(view).length > 0,
        },
        changed(PHONE!, playedAt),
      ],
    },
  ],
};

export default exercise;
