import { stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { accepted, over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, HintValues, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineRefusedEntry } from '../../../sandbox/protocol/trace.ts';

const [PHONE, GUEST] = ['phone', 'guest'] as const;

/** The last time that the phone knocked, nobody opened, for this reason. */
function refused(view: View, refusal: string): LineRefusedEntry | undefined {
  const all = view.entries.filter(
    (entry): entry is LineRefusedEntry => entry.type === 'line-refused' && entry.name === PHONE,
  );
  return all.at(-1)?.refusal === refusal ? all.at(-1) : undefined;
}
const logs = (view: View) => view.entries.filter((entry) => entry.type === 'log');
const isLocalOnly = (view: View): boolean =>
  logs(view).some(({ text }) => text.startsWith('Starting in local only mode'));
/** CONNACK's return code. */
const codeFor = (view: View, device: string): number | undefined =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name: device })[0]?.packet.reasonCode;

/** It was started, and ended at once: what it said of its files. */
function error(view: View): HintValues | false {
  const last = view.entries.findLast((entry) => entry.type === 'broker');
  const said = logs(view).find(({ level }) => level === 'error');
  return last?.type === 'broker' && last.what === 'failed' && said ? { error: said.text } : false;
}

const exercise: Exercise = {
  devices: ['phone.ts', 'guest.ts'],
  panels: ['terminal', 'files', 'stage', 'wire'],
  // The terminal is the Pi's; a broker that runs there is the learner's to start.
  brokerActions: false,
  scene: {
    docker: true,
    machines: {
      broker: ['pi', 'pi.local'],
      elsewhere: { phone: ['pi', 'pi.local'], guest: ['pi', 'pi.local'] },
    },
  },
  checks: inTurn([
    {
      id: PHONE,
      holds: (view) => accepted(view, PHONE).length > 0,
      hints: [
        { id: 'not-started', when: error },
        { id: 'no-broker', when: (view) => refused(view, 'stopped') !== undefined },
        {
          id: 'no-way-in',
          when(view) {
            const found = refused(view, 'no-listener');
            return found !== undefined && { port: found.port ?? 1883 };
          },
        },
        {
          id: 'image-file',
          when: (view) => refused(view, 'local-only') !== undefined && isLocalOnly(view),
        },
        { id: 'only-inside', when: (view) => refused(view, 'local-only') !== undefined },
        { id: 'not-authorised', when: (view) => codeFor(view, PHONE) === 5 },
        { id: 'own-phone', when: (view) => refused(view, 'elsewhere') !== undefined },
        ...stopped(PHONE),
        { id: 'phone-changed', when: (view) => over(view, PHONE) },
      ],
    },
    {
      id: GUEST,
      holds: (view) => accepted(view, GUEST).length === 0 && codeFor(view, GUEST) === 5,
      hints: [
        { id: 'everybody', when: (view) => accepted(view, GUEST).length > 0 },
        ...stopped(GUEST),
        { id: 'guest-changed', when: (view) => over(view, GUEST) },
      ],
    },
  ]),
  proof(view) {
    const [, version = ''] =
      logs(view)
        .map(({ text }) => /^mosquitto version (\S+) running$/.exec(text))
        .find((found) => found !== null) ?? [];
    return { version, code: codeFor(view, GUEST)! };
  },
};

export default exercise;
