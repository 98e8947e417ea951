import { stopped } from '../../../sandbox/checks/errors.ts';
import { matches } from '../../../sandbox/mqtt/topic-match.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { over, packets, samePayload } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { BrokerEntry } from '../../../sandbox/protocol/trace.ts';

/** Plays the house, and the phone. */
const HOUSE = 'house';
const VALVE = 'house/valve';
const ALARM = 'house/alarm';

/** The broker ended, and was started again. */
interface Night {
  end: BrokerEntry;
  start: BrokerEntry;
}

const deeds = (view: View): BrokerEntry[] =>
  view.entries.filter((entry): entry is BrokerEntry => entry.type === 'broker');
const isEnd = ({ what }: BrokerEntry): boolean =>
  what === 'stopped' || what === 'killed' || what === 'power-cut';
/** It was asked to end, and could save. */
const isPolite = ({ end }: Night): boolean => end.what === 'stopped';

function nights(view: View): Night[] {
  const found: Night[] = [];
  let end: BrokerEntry | undefined;
  for (const entry of deeds(view)) {
    if (isEnd(entry)) end = entry;
    if (entry.what !== 'started' || !end) continue;
    found.push({ end, start: entry });
    end = undefined;
  }
  return found;
}
const last = (view: View): Night | undefined => nights(view).at(-1);

const said = (view: View, topic: string) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-broker', topic });
const heard = (view: View, topic: string) =>
  packets(view, { kind: 'PUBLISH', direction: 'to-client', topic });
/** Deliveries after the start of what was published before the end, and not again since. */
const cameBack = (view: View, topic: string, { end, start }: Night) =>
  heard(view, topic).filter(
    ({ packet, entry }) =>
      entry.n > start.n &&
      said(view, topic).some(
        (one) => one.entry.n < end.n && samePayload(one.packet.payload, packet.payload),
      ) &&
      !said(view, topic).some((one) => one.entry.n > start.n && one.entry.n < entry.n),
  );
const isValveBack = (view: View, night: Night) =>
  cameBack(view, VALVE, night).some(({ packet }) => packet.retain);
/** It waited in a session: a retained message would have come with its flag. */
const isAlarmBack = (view: View, night: Night) =>
  cameBack(view, ALARM, night).some(({ packet }) => !packet.retain);

const connects = (view: View) =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: HOUSE });
/** The subscription of the phone, and the CONNECT before it. */
function sleeper(view: View) {
  const subscribed = packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: HOUSE });
  for (const { packet, line, entry } of subscribed) {
    const found = packet.subscriptions.find(({ filter }) => matches(filter, ALARM));
    const connect = connects(view).find((one) => one.line.line === line.line)?.packet;
    if (found && connect) return { ...connect, qos: found.qos, n: entry.n };
  }
  return undefined;
}
const alarm = (view: View) => said(view, ALARM).at(0);

/** What Mosquitto says of its file, if it can't write it. */
const unwritten = (view: View): string | undefined => {
  for (const entry of view.entries) {
    const path = entry.type === 'log' && /unable to open (\S+) for writing/.exec(entry.text)?.[1];
    if (path) return path;
  }
  return undefined;
};
/** The broker did not start with its files. */
function error(view: View): string | undefined {
  const isFailed = deeds(view).at(-1)?.what === 'failed';
  const isSilent = deeds(view).length === 0 && packets(view, { kind: 'CONNACK' }).length === 0;
  if (!isFailed && !isSilent) return undefined;
  const errors = view.entries.filter((entry) => entry.type === 'log' && entry.level === 'error');
  const found = errors.find((entry) => entry.type === 'log' && !/^Error found at/.test(entry.text));
  return found?.type === 'log' ? found.text : undefined;
}
/** The conf does not ask it to save. After a kill the broker's state says so, else the trace. */
function savesNothing(view: View, { end, start }: Night): boolean {
  if (start.file) return false;
  if (end.what === 'stopped') return true;
  const { process } = view.state;
  return process !== undefined && process.file === undefined;
}

const exercise: Exercise = {
  devices: ['house.ts'],
  panels: ['terminal', 'broker', 'files', 'stage', 'packets'],
  scene: {},
  checks: inTurn([
    {
      id: 'valve',
      holds: (view) => nights(view).some((night) => !isPolite(night) && isValveBack(view, night)),
      hints: [
        { id: 'not-started', when: (view) => error(view) !== undefined && { text: error(view)! } },
        // Once the broker has ended, an error of the house is no mistake.
        ...stopped(HOUSE).map(({ id, when }) => ({
          id,
          when: (view: View) => !deeds(view).some(isEnd) && when(view),
        })),
        {
          id: 'no-valve',
          when: (view) =>
            (over(view, HOUSE) || deeds(view).some(isEnd)) && said(view, VALVE).length === 0,
        },
        {
          id: 'not-ended',
          when: (view) => said(view, VALVE).length > 0 && !deeds(view).some(isEnd),
        },
        {
          id: 'still-off',
          when: (view) => {
            const what = deeds(view).at(-1)?.what;
            return what === 'stopped' || what === 'power-cut' || what === 'failed';
          },
        },
        {
          id: 'too-early',
          when: (view) => {
            const { end } = last(view) ?? {};
            return end !== undefined && said(view, VALVE).every(({ entry }) => entry.n > end.n);
          },
        },
        {
          id: 'not-written',
          when: (view) => unwritten(view) !== undefined && { path: unwritten(view)! },
        },
        {
          id: 'no-persistence',
          when: (view) => last(view) !== undefined && savesNothing(view, last(view)!),
        },
        {
          id: 'no-retain',
          when: (view) => said(view, VALVE).every(({ packet }) => !packet.retain),
        },
        { id: 'only-stopped', when: (view) => last(view) !== undefined && isPolite(last(view)!) },
        { id: 'not-saved', when: (view) => (last(view)?.end.lost?.retained ?? 0) > 0 },
        { id: 'not-asked', when: (view) => over(view, HOUSE) },
      ],
    },
    {
      id: 'alarm',
      holds: (view) => nights(view).some((night) => !isPolite(night) && isAlarmBack(view, night)),
      hints: [
        {
          id: 'no-alarm',
          when: (view) => alarm(view) === undefined,
        },
        {
          id: 'alarm-retained',
          when: (view) => alarm(view)?.packet.retain === true && alarm(view)?.packet.qos === 0,
        },
        { id: 'qos-0-message', when: (view) => alarm(view)?.packet.qos === 0 },
        {
          id: 'subscribed-late',
          when: (view) => (sleeper(view)?.n ?? Infinity) > (alarm(view)?.entry.n ?? 0),
        },
        { id: 'qos-0-subscription', when: (view) => sleeper(view)?.qos === 0 },
        {
          id: 'phone-there',
          when: (view) => {
            const end = last(view)?.end.n ?? Infinity;
            return heard(view, ALARM).some(
              ({ entry, line }) => line.name === HOUSE && entry.n < end,
            );
          },
        },
        {
          // In 5.0 a session without an expiry interval ends with its connection.
          id: 'clean-session',
          when: (view) => {
            const { clientId, version, properties } = sleeper(view) ?? {};
            const own = connects(view).filter(({ packet }) => packet.clientId === clientId);
            const isBrief = version === 5 && !properties?.sessionExpiryInterval;
            return isBrief || own.some(({ packet }) => packet.clean && packet.version !== 5);
          },
        },
        {
          id: 'not-back',
          when: (view) => {
            const { clientId: id = '' } = sleeper(view) ?? {};
            const start = last(view)?.start.n ?? Infinity;
            const later = connects(view).filter(({ entry }) => entry.n > start);
            return (
              over(view, HOUSE) && later.every(({ packet }) => packet.clientId !== id) && { id }
            );
          },
        },
        { id: 'alarm-missing', when: (view) => over(view, HOUSE) },
      ],
    },
  ]),
  proof(view) {
    const night = nights(view).find((one) => !isPolite(one) && isAlarmBack(view, one))!;
    const { retained = 0, queued = 0, inflight = 0 } = night.start.file ?? {};
    return { retained, queued: queued + inflight };
  },
  predictions: [
    {
      id: 'restarted',
      measure(view) {
        const night = nights(view).find((one) => isPolite(one) && !one.start.file);
        if (!night || isValveBack(view, night) || isAlarmBack(view, night)) return undefined;
        const answer = packets(view, { kind: 'CONNACK', direction: 'to-client', name: HOUSE });
        const ids = new Map(connects(view).map(({ packet, line }) => [line.line, packet.clientId]));
        const back = answer.find(
          ({ entry, line }) =>
            entry.n > night.start.n && ids.get(line.line) === sleeper(view)?.clientId,
        );
        // What would come has come once it leaves.
        return back && over(view, HOUSE) ? { answer: 2, entry: back.entry.n } : undefined;
      },
    },
  ],
};

export default exercise;
