/**
 * An exercise on what outlives the broker, as a lesson may have it: its broker forgets everything, and
 * the learner has it keep a retained message and a sleeping client's message even when it is killed.
 */
import type { Check, Exercise, View } from '../../protocol/exercise.ts';
import type { BrokerEntry } from '../../protocol/trace.ts';

const deeds = (view: View): BrokerEntry[] =>
  view.entries.filter((entry): entry is BrokerEntry => entry.type === 'broker');
const ends = (view: View, ...ways: BrokerEntry['what'][]): BrokerEntry[] =>
  deeds(view).filter(({ what }) => ways.includes(what));
/** What the broker read when it started after the last end of that kind. */
function readAfter(view: View, ...ways: BrokerEntry['what'][]): BrokerEntry['file'] {
  const end = ends(view, ...ways).at(-1);
  return deeds(view).findLast(({ what, n }) => what === 'started' && n > (end?.n ?? Infinity))
    ?.file;
}
const hasAll = (file: BrokerEntry['file']): boolean =>
  file !== undefined && file.retained > 0 && file.queued + file.inflight > 0;
const hard = ['killed', 'power-cut'] as const;

const stopped: Check = {
  id: 'stopped',
  holds: (view) => hasAll(readAfter(view, 'stopped')) || hasAll(readAfter(view, ...hard)),
  hints: [
    {
      id: 'no-persistence',
      when: (view) =>
        ends(view, 'stopped').some(({ file, lost }) => !file && (lost?.retained ?? 0) > 0),
    },
    { id: 'nothing-to-keep', when: (view) => readAfter(view, 'stopped')?.retained === 0 },
  ],
};
const killed: Check = {
  id: 'killed',
  holds: (view) => hasAll(readAfter(view, ...hard)),
  hints: [
    {
      id: 'not-saved-yet',
      when: (view) => {
        const lost = ends(view, ...hard).findLast((one) => (one.lost?.retained ?? 0) > 0);
        return lost?.lost ? { count: lost.lost.retained } : false;
      },
    },
  ],
};

export const persistence: Exercise = {
  devices: ['door.ts', 'phone.ts'],
  panels: ['broker', 'files', 'terminal', 'wire'],
  scene: {
    mosquitto: '2.0.21',
    files: { 'mosquitto.conf': 'listener 1883\nallow_anonymous true\n' },
  },
  checks: [stopped, killed],
};

/** What a learner's files become. */
export const forgetful = persistence.scene.files!['mosquitto.conf']!;
export const polite = `${forgetful}persistence true\npersistence_location /var/lib/mosquitto/\n`;
export const lasting = `${polite}autosave_on_changes true\nautosave_interval 1\n`;
