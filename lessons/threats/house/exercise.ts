import { inTurn } from '../../../sandbox/checks/steps.ts';
import { accepted, over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineRefusedEntry } from '../../../sandbox/protocol/trace.ts';
import {
  asAdmin,
  asDoor,
  asItself,
  COMMAND,
  DOOR,
  got,
  LAMP,
  nameless,
  PANEL,
  readBy,
  STATE,
  topicOf,
  unlockedBy,
} from '../attempts.ts';
import { denied, HOUSE, isOwn, unread } from '../work.ts';

const STRANGER = 'stranger';
/** The port that everybody in the network reaches. */
const SECURE = 8883;
const QUIET_MS = 2000;

const log = (view: View) => view.entries.filter((entry) => entry.type === 'log');
/** The first error of the broker's files: it did not start. */
const error = (view: View): string | undefined =>
  packets(view, { kind: 'CONNACK' }).length === 0
    ? log(view).find(({ level }) => level === 'error')?.text
    : undefined;
const isOver = (view: View) => HOUSE.every((device) => over(view, device));
/** Nobody has said anything for a while. */
const isQuiet = (view: View) =>
  isOver(view) || (view.now ?? 0) - (view.entries.at(-1)?.at ?? 0) >= QUIET_MS;
/** The lamp has done all that it does. */
const isDone = (view: View) => over(view, LAMP) && isQuiet(view);

/** The last connection of a program that was refused before MQTT began. */
const refusal = (view: View, name: string): LineRefusedEntry | undefined =>
  view.entries.findLast(
    (entry): entry is LineRefusedEntry => entry.type === 'line-refused' && entry.name === name,
  );

const strangersPort = (view: View): number | undefined =>
  refusal(view, STRANGER)?.port ??
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: STRANGER })[0]?.line.target?.port;

const locks = (view: View) => got(view, DOOR, COMMAND, 'lock');
const isLocked = (view: View) =>
  locks(view).length > 0 && got(view, PANEL, STATE, 'locked').length > 0;
const isLampOn = (view: View) =>
  got(view, LAMP, topicOf(LAMP, 'set'), 'on').length > 0 &&
  got(view, PANEL, topicOf(LAMP, 'state'), 'on').length > 0;
/** The end of the door's connection, which the broker closed when the lamp came with its id. */
function pushedOut(view: View) {
  const { n = Infinity } = asDoor(view) ?? {};
  const lines = new Set(accepted(view, DOOR).map(({ line }) => line.line));
  return view.entries.find(
    (entry) =>
      entry.type === 'line-closed' && entry.by === 'broker' && entry.n > n && lines.has(entry.line),
  );
}
/** The door's client id, if it is no longer the one that the lamp says. */
const renamed = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: DOOR }).find(
    ({ packet: { clientId } }) => clientId !== DOOR,
  )?.packet.clientId;
/** The panel's last command came when the lamp had tried all. */
const isStillThere = (view: View) => {
  const { n, code } = asDoor(view) ?? {};
  return n !== undefined && code !== undefined && locks(view).some(({ entry }) => entry.n > n);
};

/** A program that is over never did what the broker should refuse. */
const changed = (did: (view: View) => unknown): Hint => ({
  id: 'program-changed',
  when: (view) => isDone(view) && did(view) === undefined,
});

const exercise: Exercise = {
  devices: ['lamp.ts', 'door.ts', 'panel.ts', 'stranger.ts'],
  panels: ['files', 'stage', 'packets'],
  scene: {},
  // The lamp's program says the door's id on purpose.
  explains: ['same-client-id'],
  checks: inTurn([
    {
      id: 'works',
      holds: (view) => isLocked(view) && isLampOn(view),
      hints: [
        {
          id: 'no-file',
          when: (view) => /Unable to load/.test(error(view) ?? '') && { text: error(view)! },
        },
        { id: 'not-started', when: (view) => error(view) !== undefined && { text: error(view)! } },
        {
          id: 'tls-for-all',
          when: (view) => HOUSE.some((device) => refusal(view, device)?.refusal === 'tls'),
        },
        {
          id: 'no-near-listener',
          when(view) {
            const device = HOUSE.find((one) => refusal(view, one) !== undefined);
            return device !== undefined && { device, port: refusal(view, device)?.port ?? '–' };
          },
        },
        {
          id: 'locked-out',
          when(view) {
            const refused = packets(view, { kind: 'CONNACK', direction: 'to-client' }).find(
              ({ packet, line }) => packet.reasonCode !== 0 && isOwn(view, line.line),
            );
            return (
              refused !== undefined && {
                device: `${refused.line.name}`,
                code: refused.packet.reasonCode,
              }
            );
          },
        },
        { id: 'may-not-write', when: (view) => denied(view) ?? false },
        { id: 'may-not-read', when: (view) => (isQuiet(view) && unread(view)) || false },
        { id: 'idle', when: isDone },
      ],
    },
    {
      // mosquitto.conf(5), certfile and keyfile
      id: 'plain',
      holds(view) {
        const { refusal: why, port } = refusal(view, STRANGER) ?? {};
        return why === 'tls' && port === SECURE;
      },
      hints: [
        {
          id: 'stranger-away',
          when: (view) => over(view, STRANGER) && strangersPort(view) !== SECURE,
        },
        {
          id: 'only-near',
          when: (view) =>
            accepted(view, STRANGER).length > 0 &&
            view.state.listeners?.some(
              ({ port, from }) => port === SECURE && !from.includes('network'),
            ) === true,
        },
        { id: 'plain', when: (view) => accepted(view, STRANGER).length > 0 },
        { id: 'no-listener', when: (view) => refusal(view, STRANGER)?.refusal === 'no-listener' },
        {
          id: 'only-refused',
          when(view) {
            const [answer] = packets(view, {
              ...{ kind: 'CONNACK', direction: 'to-client', name: STRANGER },
            });
            return answer !== undefined && { code: answer.packet.reasonCode };
          },
        },
      ],
    },
    {
      id: 'nameless',
      holds: (view) => (nameless(view)?.code ?? 0) !== 0,
      hints: [{ id: 'anonymous', when: (view) => nameless(view)?.code === 0 }, changed(nameless)],
    },
    {
      id: 'admin',
      holds: (view) => (asAdmin(view)?.code ?? 0) !== 0,
      hints: [
        { id: 'default-password', when: (view) => asAdmin(view)?.code === 0 },
        changed(asAdmin),
      ],
    },
    {
      id: 'own',
      holds(view) {
        const by = asItself(view);
        return (
          by !== undefined &&
          isLampOn(view) &&
          !unlockedBy(view, by) &&
          readBy(view, by) === undefined
        );
      },
      hints: [
        { id: 'unlocked', when: (view) => unlockedBy(view, asItself(view)) },
        {
          id: 'reads-along',
          when(view) {
            const topic = readBy(view, asItself(view));
            return topic !== undefined && { topic };
          },
        },
        changed(asItself),
      ],
    },
    {
      id: 'id',
      holds: (view) => isStillThere(view) && !pushedOut(view) && renamed(view) === undefined,
      hints: [
        {
          id: 'door-renamed',
          when: (view) => renamed(view) !== undefined && { id: renamed(view)! },
        },
        {
          id: 'pushed-out',
          when: (view) => pushedOut(view) !== undefined,
        },
        changed(asDoor),
      ],
    },
  ]),
  predictions: [
    {
      id: 'whose-id',
      measure(view) {
        const by = asDoor(view);
        if (by?.code !== 0) return undefined;
        return pushedOut(view) && { answer: 2, entry: by.n };
      },
    },
  ],
};

export default exercise;
