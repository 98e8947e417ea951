import type { LineRole } from '../../../sandbox/protocol/trace.ts';

export type DeviceKind =
  | 'phone'
  | 'bell'
  | 'lamp'
  | 'door'
  | 'thermometer'
  | 'gauge'
  | 'oven'
  | 'till'
  | 'screen'
  | 'house'
  | 'terminal'
  | 'python'
  | 'laptop'
  | 'chip'
  | 'cloud';

/** The first that fits wins: a doorbell is a bell. */
const names: readonly [RegExp, DeviceKind][] = [
  [/^mosquitto_|terminal|shell/, 'terminal'],
  [/python|paho/, 'python'],
  [/phone|mobile|tablet/, 'phone'],
  [/bell/, 'bell'],
  [/lamp|light|bulb/, 'lamp'],
  [/door|lock|gate(?!way)/, 'door'],
  [/oven|cook/, 'oven'],
  [/till|cash|shop|order/, 'till'],
  [/therm|temp|sensor|probe/, 'thermometer'],
  [/gauge|meter|rain|station/, 'gauge'],
  [/screen|panel|dashboard|display|board/, 'screen'],
  [/house|home|garden|room|kitchen/, 'house'],
  [/laptop|computer|notebook/, 'laptop'],
];

/** What a client looks like: by what it is called, else by where it comes from. */
export function deviceKindOf(role: LineRole, ...called: (string | undefined)[]): DeviceKind {
  for (const name of called) {
    const lower = name?.slice(0, 128).toLowerCase() ?? '';
    const found = names.find(([pattern]) => pattern.test(lower));
    if (found) return found[1];
  }
  return role === 'outside' ? 'laptop' : 'chip';
}
