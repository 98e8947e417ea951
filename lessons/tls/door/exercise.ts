import { errorOf, stopped } from '../../../sandbox/checks/errors.ts';
import { inTurn } from '../../../sandbox/checks/steps.ts';
import { accepted, over, packets } from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineRefusedEntry } from '../../../sandbox/protocol/trace.ts';

const DOOR = 'door';
const STRANGER = 'stranger';
/** The port that everybody in the network reaches. */
const SECURE = 8883;

/** The first error of the broker's files: it did not start. */
const error = (view: View): string | undefined =>
  view.entries.filter((entry) => entry.type === 'log').find(({ level }) => level === 'error')?.text;
/** The last connection of a program that was refused before MQTT began. */
const refused = (view: View, name: string): LineRefusedEntry | undefined =>
  view.entries.filter((entry) => entry.type === 'line-refused' && entry.name === name).at(-1) as
    LineRefusedEntry | undefined;
const portOf = (view: View, name: string): number | undefined =>
  accepted(view, name)[0]?.line.target?.port;
const code = (view: View, name: string): number =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name }).at(-1)?.packet.reasonCode ?? 0;

/** A client that speaks plain MQTT doesn't get so far as CONNECT. */
const isKeptOut = (view: View): boolean => {
  const { refusal, port } = refused(view, STRANGER) ?? {};
  return refusal === 'tls' && port === SECURE;
};
/** The door's program is in by another port. */
const nearPort = (view: View): number | undefined => {
  const port = portOf(view, DOOR);
  return port === SECURE ? undefined : port;
};
/** Other machines reach it, too: without TLS. */
const isOpen = (view: View, port: number): boolean =>
  view.state.listeners?.some((one) => one.port === port && one.from.includes('network')) ?? false;
const isNear = (view: View): boolean => {
  const port = nearPort(view);
  return port !== undefined && !isOpen(view, port);
};

const exercise: Exercise = {
  devices: ['door.ts', 'stranger.ts'],
  panels: ['files', 'stage', 'packets'],
  scene: {},
  checks: inTurn([
    {
      // mosquitto.conf(5), certfile and keyfile
      id: 'kept-out',
      holds: isKeptOut,
      hints: [
        {
          id: 'no-file',
          when(view) {
            const text = error(view);
            return text !== undefined && /Unable to load/.test(text) && { text };
          },
        },
        { id: 'not-started', when: (view) => error(view) !== undefined && { text: error(view)! } },
        { id: 'plain', when: (view) => portOf(view, STRANGER) === SECURE },
        {
          id: 'stranger-moved',
          when(view) {
            const port = portOf(view, STRANGER) ?? refused(view, STRANGER)?.port;
            return port !== undefined && port !== SECURE && { port };
          },
        },
        { id: 'no-listener', when: (view) => refused(view, STRANGER)?.refusal === 'no-listener' },
        {
          id: 'only-refused',
          when: (view) => code(view, STRANGER) !== 0 && { code: code(view, STRANGER) },
        },
        { id: 'not-there', when: (view) => over(view, STRANGER) },
      ],
    },
    {
      id: 'near',
      holds: isNear,
      hints: [
        {
          id: 'wrong-listener',
          when(view) {
            const { refusal, port } = refused(view, DOOR) ?? {};
            return refusal === 'tls' && port !== undefined && port !== SECURE && { port };
          },
        },
        { id: 'still-there', when: (view) => refused(view, DOOR)?.refusal === 'tls' },
        {
          id: 'no-near-listener',
          when(view) {
            const { refusal, port } = refused(view, DOOR) ?? {};
            return refusal !== undefined && { port: port ?? '–' };
          },
        },
        { id: 'refused', when: (view) => code(view, DOOR) !== 0 && { code: code(view, DOOR) } },
        {
          // mosquitto.conf(5), listener: an address behind the port.
          id: 'open-listener',
          when(view) {
            const port = nearPort(view);
            return port !== undefined && isOpen(view, port) && { port };
          },
        },
        { id: 'door-failed', when: (view) => /TLS/.test(errorOf(view, DOOR) ?? '') },
        ...stopped(DOOR),
        { id: 'door-away', when: (view) => over(view, DOOR) },
      ],
    },
  ]),
  proof: (view) => ({ port: portOf(view, DOOR) ?? '–' }),
  predictions: [
    {
      id: 'number',
      measure(view) {
        const [first] = accepted(view, STRANGER);
        if (first?.line.target?.port !== SECURE) return undefined;
        return { answer: 1, values: { port: SECURE }, entry: first.entry.n };
      },
    },
  ],
};

export default exercise;
