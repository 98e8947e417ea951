import type { Exercise, View } from '../../../sandbox/protocol/exercise.ts';
import type { ConnectPacket } from '../../../sandbox/protocol/mqtt.ts';
import { visible } from '../../../sandbox/checks/spaces.ts';
import {
  accepted,
  over,
  packets,
  refusedFrom,
  samePayload,
  sentNoConnect,
  type Seen,
} from '../../../sandbox/checks/view.ts';
import { quote, secondsOf } from '../../../sandbox/checks/quote.ts';

const SCREEN = 'screen';
const ID = 'lobby-screen';
const USER = 'lobby';
const KEEP_ALIVE = 30;
const DEFAULT_OF_MQTT_JS = 60;
/** 3.1.1, section 3.1: protocol name and level, flags, keep alive, client id, user name. */
const WANTED = Uint8Array.from([
  ...[0x10, 31, 0, 4, 0x4d, 0x51, 0x54, 0x54, 4, 0x82, 0, KEEP_ALIVE],
  ...[ID, USER].flatMap((text) => [0, text.length, ...new TextEncoder().encode(text)]),
]);

const connects = (view: View): Seen<ConnectPacket>[] =>
  packets(view, { kind: 'CONNECT', direction: 'to-broker', name: SCREEN });
const last = (view: View) => connects(view).at(-1);
const isWanted = ({ entry }: Seen) => samePayload(entry.bytes, WANTED);
/** `6c 6f 62` and `6c6f62` → `lob`; empty if it isn't hexadecimal. */
function fromHex(text: string): string {
  const bytes = text.replaceAll(/\s/g, '');
  if (bytes === '' || !/^(?:[\da-f]{2})+$/i.test(bytes)) return '';
  return String.fromCharCode(...bytes.match(/../g)!.map((byte) => Number.parseInt(byte, 16)));
}
const hex = (byte: number) => byte.toString(16).padStart(2, '0');

/** The screen sent DISCONNECT as its last packet on that connection. */
function left(view: View): boolean {
  const line = last(view)?.line.line;
  const sent = packets(view, { direction: 'to-broker', name: SCREEN });
  const end = sent.filter((each) => each.line.line === line).at(-1);
  return end?.packet.kind === 'DISCONNECT';
}

const exercise: Exercise = {
  devices: ['screen.ts'],
  panels: ['packets', 'stage'],
  scene: {},
  checks: [
    {
      id: 'bytes',
      holds: (view) => connects(view).some(isWanted),
      hints: [
        {
          id: 'invalid',
          when: (view) => {
            const [entry] = refusedFrom(view, SCREEN);
            return entry ? { statement: entry.statement } : false;
          },
        },
        { id: 'no-connect', when: (view) => sentNoConnect(view, SCREEN) },
        {
          id: 'version',
          when: (view) => {
            const version = last(view)?.packet.version ?? 4;
            return version !== 4 && { version };
          },
        },
        {
          id: 'hex-text',
          when: (view) => {
            const { clientId = '', userName = '' } = last(view)?.packet ?? {};
            const text = [clientId, userName].find((each) => [ID, USER].includes(fromHex(each)));
            return text !== undefined && { text };
          },
        },
        {
          // Three options, and none of them came: not one misspelt name.
          id: 'no-options',
          when(view) {
            const { clientId = ID, keepAlive, userName } = last(view)?.packet ?? {};
            return (
              clientId.startsWith('mqttjs_') &&
              keepAlive === DEFAULT_OF_MQTT_JS &&
              userName === undefined && { id: clientId }
            );
          },
        },
        {
          // MQTT.js makes a name up if it is given none.
          id: 'made-up-id',
          when: (view) => {
            const id = last(view)?.packet.clientId ?? ID;
            return id.startsWith('mqttjs_') && { id };
          },
        },
        {
          id: 'client-id',
          when: (view) => {
            const id = last(view)?.packet.clientId ?? ID;
            return id !== ID && { id: visible(id) || '""' };
          },
        },
        {
          id: 'default-keep-alive',
          when: (view) => last(view)?.packet.keepAlive === DEFAULT_OF_MQTT_JS,
        },
        {
          id: 'keep-alive',
          when: (view) => {
            const seconds = last(view)?.packet.keepAlive ?? KEEP_ALIVE;
            return seconds !== KEEP_ALIVE && { seconds };
          },
        },
        {
          id: 'no-user',
          when: (view) => last(view) !== undefined && last(view)!.packet.userName === undefined,
        },
        {
          id: 'other-user',
          when: (view) => {
            const user = last(view)?.packet.userName ?? USER;
            return user !== USER && { user: visible(user) || '""' };
          },
        },
        { id: 'password', when: (view) => last(view)?.packet.password !== undefined },
        {
          id: 'flags',
          when: (view) => {
            // Behind the protocol's name, which has four letters, and its level.
            const flags = last(view)?.entry.bytes[9];
            return flags !== undefined && { flags: hex(flags) };
          },
        },
      ],
    },
    { id: 'accepted', holds: (view) => accepted(view, SCREEN).length > 0 },
    {
      id: 'left',
      holds: left,
      hints: [
        {
          id: 'two-connections',
          when: (view) => {
            const count = new Set(connects(view).map(({ line }) => line.line)).size;
            const isLeft = packets(view, { kind: 'DISCONNECT', name: SCREEN }).length > 0;
            return over(view, SCREEN) && isLeft && count > 1 && { count };
          },
        },
        {
          // While it pings, it has not gone.
          id: 'no-disconnect',
          when: (view) => {
            const pings = packets(view, { kind: 'PINGREQ', direction: 'to-broker', name: SCREEN });
            const done = over(view, SCREEN) || pings.length > 0;
            return done && connects(view).some(isWanted);
          },
        },
      ],
    },
  ],
  proof: (view) => ({
    bytes: connects(view).find(isWanted)!.entry.bytes.length,
    at: secondsOf(packets(view, { kind: 'DISCONNECT', name: SCREEN }).at(-1)!.entry),
  }),
  predictions: [
    {
      id: 'no-id',
      measure: (view) => {
        const connect = last(view);
        const id = connect?.packet.clientId;
        return connect && id?.startsWith('mqttjs_')
          ? { answer: 2, values: { id: quote(id) }, entry: connect.entry.n }
          : undefined;
      },
    },
  ],
};

export default exercise;
