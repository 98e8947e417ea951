import { errorOf, stopped } from '../../../sandbox/checks/errors.ts';
import { quote } from '../../../sandbox/checks/quote.ts';
import { inTurn, visible } from '../../../sandbox/checks/steps.ts';
import {
  accepted,
  deliveredFrom,
  over,
  packets,
  partedLines,
  published,
} from '../../../sandbox/checks/view.ts';
import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { LineOpenedEntry, LineRefusedEntry } from '../../../sandbox/protocol/trace.ts';

const SENSOR = 'sensor';
const PAGE = 'page';
const TOPIC = 'greenhouse/humidity';
type Protocol = NonNullable<LineOpenedEntry['target']>['protocol'];

/** Ports at which the broker listens, as its log names them. */
function ports(view: View, protocol: Protocol): number[] {
  const words =
    protocol === 'websockets'
      ? /^Opening websockets listen socket on port (\d+)/
      : /^Opening ipv[46] listen socket on port (\d+)/;
  const found = view.entries.flatMap((entry) => {
    const [, port] = (entry.type === 'log' && words.exec(entry.text)) || [];
    return port === undefined ? [] : [Number(port)];
  });
  return [...new Set(found)];
}
/** The first error of the broker's files: it did not start. */
const error = (view: View): string | undefined =>
  view.entries.filter((entry) => entry.type === 'log').find(({ level }) => level === 'error')?.text;

/** The last connection of a program that was refused before MQTT began. */
const refused = (view: View, name: string): LineRefusedEntry | undefined =>
  view.entries.filter((entry) => entry.type === 'line-refused' && entry.name === name).at(-1) as
    LineRefusedEntry | undefined;
const isIn = (view: View, name: string, protocol: Protocol): boolean =>
  accepted(view, name).some(({ line }) => line.target?.protocol === protocol);
const code = (view: View): number =>
  packets(view, { kind: 'CONNACK', direction: 'to-client', name: PAGE }).at(-1)?.packet
    .reasonCode ?? 0;

const hasListener = (view: View) => ports(view, 'websockets').length > 0;
const readings = (view: View) =>
  deliveredFrom(view, SENSOR, PAGE, TOPIC).filter(
    ({ line }) => line.target?.protocol === 'websockets',
  );
const filters = (view: View): string[] =>
  packets(view, { kind: 'SUBSCRIBE', direction: 'to-broker', name: PAGE }).flatMap(({ packet }) =>
    packet.subscriptions.map(({ filter }) => filter),
  );

const exercise: Exercise = {
  devices: ['page.ts', 'sensor.ts'],
  panels: ['files', 'stage', 'packets'],
  scene: {},
  checks: inTurn([
    {
      // mosquitto.conf(5), listener and protocol
      id: 'listener',
      holds: hasListener,
      hints: [
        {
          id: 'not-started',
          when: (view) => error(view) !== undefined && { text: error(view)! },
        },
        {
          id: 'no-protocol',
          when(view) {
            const other = ports(view, 'mqtt').find((port) => port !== 1883);
            return other !== undefined && { port: other };
          },
        },
        { id: 'no-listener', when: (view) => over(view, PAGE) },
      ],
    },
    {
      id: 'page',
      holds: (view) => isIn(view, PAGE, 'websockets'),
      hints: [
        { id: 'refused', when: (view) => code(view) !== 0 && { code: code(view) } },
        // Of what an address may be, the lesson speaks itself.
        {
          id: 'failed',
          when: (view) => hasListener(view) && /:\/\//.test(errorOf(view, PAGE) ?? ''),
        },
        ...stopped(PAGE).map(({ id, when }) => ({
          id,
          when: (view: View) => hasListener(view) && when(view),
        })),
        {
          id: 'plain',
          when: (view) => hasListener(view) && isIn(view, PAGE, 'mqtt'),
        },
        {
          // RFC 6455, section 3: without a port, ws means 80.
          id: 'no-port',
          when: (view) => hasListener(view) && refused(view, PAGE)?.port === 80,
        },
        {
          id: 'other-port',
          when(view) {
            const { refusal, port } = refused(view, PAGE) ?? {};
            const own = ports(view, 'websockets')[0];
            return refusal === 'no-listener' && own !== undefined && { port: port ?? '–', own };
          },
        },
        {
          // mosquitto.conf(5): an option belongs to the listener above it.
          id: 'other-listener',
          when(view) {
            const { refusal, port } = refused(view, PAGE) ?? {};
            const own = ports(view, 'websockets')[0];
            return refusal === 'protocol' && own === 1883 && port !== own && { port: port ?? '–' };
          },
        },
        {
          id: 'mqtt-port',
          when(view) {
            const { refusal, port } = refused(view, PAGE) ?? {};
            const own = ports(view, 'websockets')[0];
            if (refusal !== 'protocol' || port === undefined || own === undefined) return false;
            return port !== own && { port, own };
          },
        },
        {
          id: 'plain-at-websocket',
          when(view) {
            const { refusal, port } = refused(view, PAGE) ?? {};
            return refusal === 'protocol' && hasListener(view) && { port: port ?? '–' };
          },
        },
        { id: 'not-connected', when: (view) => hasListener(view) && over(view, PAGE) },
      ],
    },
    {
      id: 'heard',
      holds: (view) => isIn(view, SENSOR, 'mqtt') && readings(view).length > 0,
      hints: [
        {
          id: 'sensor-locked-out',
          when(view) {
            const { refusal, port } = refused(view, SENSOR) ?? {};
            return refusal !== undefined && hasListener(view) && { port: port ?? '–' };
          },
        },
        {
          id: 'sensor-changed',
          when: (view) => isIn(view, SENSOR, 'websockets'),
        },
        {
          id: 'other-filter',
          when: (view) =>
            isIn(view, PAGE, 'websockets') &&
            published(view, SENSOR, TOPIC).length > 0 &&
            over(view, SENSOR) && {
              filters: filters(view).map(visible).join(', ') || '–',
              count: published(view, SENSOR, TOPIC).length,
            },
        },
        {
          id: 'nothing-sent',
          // Who pressed Stop has changed nothing.
          when: (view) => isIn(view, PAGE, 'websockets') && partedLines(view, SENSOR).size > 0,
        },
      ],
    },
  ]),
  proof: (view) => ({
    humidity: quote(readings(view)[0]!.packet.payload),
    port: readings(view)[0]!.line.target!.port,
  }),
  predictions: [
    {
      id: 'same-port',
      measure(view) {
        const { refusal, port } = refused(view, PAGE) ?? {};
        const sent = packets(view, { direction: 'to-broker', name: PAGE }).length;
        const isAsGiven = refusal === 'protocol' && port === 1883 && sent === 0;
        return isAsGiven ? { answer: 2, values: { port } } : undefined;
      },
    },
  ],
};

export default exercise;
