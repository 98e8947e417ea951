import { errorOf, stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { accepted, deliveredFrom, over, packets, published } from '../../../sandbox/checks/view.ts';
import type { Check, Exercise, Hint, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineRefusedEntry } from '../../../sandbox/protocol/trace.ts';

const [SENSOR, RECORDER, PHONE] = ['sensor', 'recorder', 'phone'] as const;
const all = [SENSOR, RECORDER, PHONE];
const TOPIC = 'home/temperature';

const refusals = (view: View, device: string): LineRefusedEntry[] =>
  view.entries.filter(
    (entry): entry is LineRefusedEntry => entry.type === 'line-refused' && entry.name === device,
  );
/** The last time it knocked, nobody opened. */
const isOutside = (view: View, device: string, refusal: string): boolean =>
  accepted(view, device).length === 0 && refusals(view, device).at(-1)?.refusal === refusal;
const got = (view: View, device: string) => deliveredFrom(view, SENSOR, device, TOPIC);

const codes = (view: View, device: string): number[] =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name: device }).map(
    ({ packet }) => packet.reasonCode,
  );
/** Milliseconds after the last entry: nothing more comes. */
const QUIET_MS = 3_000;
const isQuiet = (view: View): boolean =>
  (view.now ?? 0) - (view.entries.at(-1)?.at ?? 0) >= QUIET_MS;

/** It is over, and no connection of it came to any machine: an error of its own had no address in it. */
const wentNowhere = (view: View, device: string): boolean =>
  over(view, device) &&
  /^$|:\/\//.test(errorOf(view, device) ?? '') &&
  refusals(view, device).length === 0 &&
  !view.entries.some((entry) => entry.type === 'line-opened' && entry.name === device);

/** What a listener does to whoever knocks. */
const before: Hint[] = [
  {
    id: 'not-started',
    when(view) {
      const said = view.entries.find((entry) => entry.type === 'log' && entry.level === 'error');
      const isDown = all.some((device) => isOutside(view, device, 'not-running'));
      return isDown && said?.type === 'log' && { error: said.text };
    },
  },
  {
    id: 'not-authorised',
    when(view) {
      const device = all.find(
        (one) => accepted(view, one).length === 0 && codes(view, one).includes(5),
      );
      return device !== undefined && { device };
    },
  },
  {
    id: 'another-port',
    when(view) {
      const device = all.find((one) => isOutside(view, one, 'no-listener'));
      if (device === undefined) return false;
      return { device, port: refusals(view, device).at(-1)?.port ?? 1883 };
    },
  },
  {
    id: 'another-protocol',
    when(view) {
      const device = all.find((one) => isOutside(view, one, 'protocol'));
      return device !== undefined && { device };
    },
  },
];

/** It called the Pi by its name, and the listener is bound to the Pi's own localhost. */
const nearOnly = (device: string): Hint => ({
  id: 'near-only',
  when: (view) => isOutside(view, device, 'local-only') && { device },
});
/** Its address is none that a machine has. */
const nowhere = (device: string): Hint => ({
  id: 'nowhere',
  when: (view) => wentNowhere(view, device) && { device },
});

const reader = (device: string, ownLocalhost: string): Check => ({
  id: device,
  holds: (view) => got(view, device).length > 0,
  hints: [
    { id: ownLocalhost, when: (view) => isOutside(view, device, 'elsewhere') },
    nearOnly(device),
    nowhere(device),
    ...stopped(device),
    { id: 'not-received', when: (view) => (over(view, device) || isQuiet(view)) && { device } },
  ],
});

const exercise: Exercise = {
  devices: ['recorder.ts', 'phone.ts', 'sensor.ts'],
  panels: ['stage', 'files', 'wire'],
  explains: ['shell-elsewhere'],
  scene: {
    machines: {
      broker: ['pi', 'pi.local'],
      // A container asks the Pi for the names of the network. 172.17.0.1 is what Docker calls the Pi.
      elsewhere: { recorder: ['pi', '172.17.0.1'], phone: ['pi', 'pi.local'] },
    },
  },
  checks: inTurn(
    [
      {
        id: SENSOR,
        holds: (view) => published(view, SENSOR, TOPIC).length > 0,
        hints: [
          nearOnly(SENSOR),
          { id: 'sensor-changed', when: (view) => wentNowhere(view, SENSOR) },
          ...stopped(SENSOR),
          { id: 'sensor-changed', when: (view) => over(view, SENSOR) || isQuiet(view) },
        ],
      },
      reader(RECORDER, 'own-container'),
      reader(PHONE, 'own-phone'),
    ],
    before,
  ),
  proof: (view) => ({ count: all.filter((device) => accepted(view, device).length > 0).length }),
  predictions: [
    {
      id: 'who',
      measure(view) {
        const isIn = (device: string) => accepted(view, device).length > 0;
        const answered = all.every(
          (device) => isIn(device) || isOutside(view, device, 'elsewhere'),
        );
        if (!answered || refusals(view, PHONE).length === 0) return undefined;
        const count = all.filter(isIn).length;
        return { answer: 3 - count, values: { count } };
      },
    },
  ],
};

export default exercise;
